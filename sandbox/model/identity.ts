import { randomBytes } from "node:crypto";
import type { Account } from "./account";
import type { Caller, PolicyDocument, Role } from "./roles";

/** Who signed a request. */
export interface Principal extends Caller {
  readonly account: Account;
  readonly arn: string;
  readonly userId: string;
  readonly accessKeyId: string;
  readonly session?: Session;
}

export interface Session {
  readonly accessKeyId: string;
  readonly account: Account;
  readonly roleName: string;
  readonly role: Role | undefined;
  readonly arn: string;
  readonly roleArn: string;
  readonly sessionName: string;
  /** World time in milliseconds. */
  readonly expiresAt: number;
  readonly policy: PolicyDocument | undefined;
  readonly policyText: string | undefined;
  readonly externalId: string | undefined;
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export function randomId(prefix: string, length: number): string {
  let id = prefix;
  for (const byte of randomBytes(length - prefix.length)) id += alphabet[byte & 31];
  return id;
}

/** `AKIA<12 digits>…` names the account; the digits are not validated against anything else. */
export function accountOfKey(accessKeyId: string): string | undefined {
  return /^AKIA(\d{12})/.exec(accessKeyId)?.[1];
}
