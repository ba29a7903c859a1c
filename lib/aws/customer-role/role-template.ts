import { parseArn } from "@/lib/checks/arn";
import { permissionLines } from "./customer-policy";

export const defaultRoleName = "PosturioReadOnly";
export const policyName = "PosturioReadConfiguration";
/** The optional one, of roles that may read a log bucket. */
export const logPolicyName = "PosturioReadLogFiles";
/** Sessions with any other name are refused, so ours can be told apart in the customer's CloudTrail. */
export const sessionNamePattern = "posturio-*";
export const roleDescription = "Lets Posturio read CloudTrail settings";

export interface RoleTag {
  readonly key: string;
  readonly value: string;
}

/** What the rules of a customer's organization ask of every role. */
export interface RoleConventions {
  readonly roleName?: string | undefined;
  /** Begins and ends with a slash. */
  readonly rolePath?: string | undefined;
  /** A policy that limits what the role can ever do. */
  readonly permissionsBoundaryArn?: string | undefined;
  readonly tags?: readonly RoleTag[] | undefined;
  /** A bucket whose log files the role may read, to prove deliveries more surely. */
  readonly logBucket?: string | undefined;
}

/** What the three templates of the role differ in from customer to customer. */
export interface RoleTemplateInput extends RoleConventions {
  /** Made by us, one per connection. */
  readonly externalId: string;
  /** Our scanner's identity in the customer's partition. */
  readonly principalArn: string;
}

/** The same, complete: what a template fills in. */
export interface RoleValues {
  readonly externalId: string;
  readonly principalArn: string;
  readonly roleName: string;
  readonly rolePath: string;
  /** Null: the role gets no boundary. */
  readonly permissionsBoundaryArn: string | null;
  readonly tags: readonly RoleTag[];
  /** Null: the role reads no log files. */
  readonly logBucket: string | null;
}

/** The IAM actions of the role, in the order in which they are explained. */
export function roleActions(): readonly string[] {
  return permissionLines().map(({ action }) => action);
}

/** The partition of the role: our identity is of the same. */
export function partitionOfRole({ principalArn }: Pick<RoleValues, "principalArn">): string {
  return parseArn(principalArn)?.partition ?? "aws";
}

/** Only the principal, with our external id, under our session name. */
export function trustPolicy({
  externalId,
  principalArn,
}: Pick<RoleTemplateInput, "externalId" | "principalArn">) {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: principalArn },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "sts:ExternalId": externalId },
          StringLike: { "sts:RoleSessionName": sessionNamePattern },
        },
      },
    ],
  } as const;
}

const safe = /^[A-Za-z0-9_+=,.@:/-]+$/;
/** Tags are prose of the customer's: they may hold spaces. */
const safeInTag = /^[A-Za-z0-9_+=.@:/ -]*$/;

/**
 * The values of all three templates: every one that goes into a template passes here. Refuses those that could break
 * out of a quoted string in YAML, HCL or a shell.
 */
export function safeInput(input: RoleTemplateInput): RoleValues {
  const { externalId, principalArn, roleName = defaultRoleName, rolePath = "/" } = input;
  const { permissionsBoundaryArn = null, tags = [], logBucket = null } = input;
  const given = [permissionsBoundaryArn, logBucket].filter((value) => value !== null);
  const names = [externalId, principalArn, roleName, rolePath, ...given];
  const ofTags = tags.flatMap(({ key, value }) => [key, value]);
  if (names.some((value) => !safe.test(value)) || ofTags.some((value) => !safeInTag.test(value))) {
    throw new RangeError("A value of the role template holds a forbidden character.");
  }
  return { externalId, principalArn, roleName, rolePath, permissionsBoundaryArn, tags, logBucket };
}
