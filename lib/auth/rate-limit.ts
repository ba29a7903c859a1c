import { createHash } from "node:crypto";
import ipaddr from "ipaddr.js";
import { countAttempt, deleteWindowsBefore, returnAttempt } from "@/lib/db/system/rate-limits";
import { AppError } from "@/lib/errors";
import { count } from "@/lib/text";

const minute = 60_000;

/** Attempts per fixed window. Successful sign-ins give their attempt back. `full`: what to say instead of "Too many attempts". */
export const limits = {
  signInByAddress: { max: 30, windowMs: 15 * minute },
  signInByEmail: { max: 10, windowMs: 15 * minute },
  signUpByAddress: { max: 30, windowMs: 60 * minute },
  signUpByEmail: { max: 5, windowMs: 60 * minute },
  inviteByAddress: { max: 60, windowMs: 60 * minute },
  inviteByPerson: { max: 20, windowMs: 60 * minute },
  resetByAddress: { max: 30, windowMs: 60 * minute },
  resetByPerson: { max: 10, windowMs: 60 * minute },
  passwordChangeByPerson: { max: 10, windowMs: 15 * minute },
  tokenRefusedByAddress: { max: 60, windowMs: 5 * minute },
  requestsByToken: { max: 600, windowMs: minute },
  memberScansOfAccount: {
    max: 6,
    windowMs: 60 * minute,
    full: "Members have had this account scanned 6 times within an hour. Leads and admins can still scan it.",
  },
  memberScansByPerson: {
    max: 30,
    windowMs: 60 * minute,
    full: "You have asked for 30 scans within an hour. Leads and admins can still scan.",
  },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof limits;

interface Limit {
  readonly max: number;
  readonly windowMs: number;
  readonly full?: string;
}

/**
 * One subscriber, one key: an IPv6 network (/64) counts as one address, an IPv4-mapped one as its IPv4 address. Zones,
 * brackets and the ports that some proxies append do not count. What is no address is its own key.
 */
export function addressKey(address: string): string {
  const text = address.trim().toLowerCase();
  const withoutPort = /^\[(.*)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  const plain = withoutPort.replace(/%.*$/, "");
  if (!ipaddr.IPv6.isValid(plain)) return plain;
  const parsed = ipaddr.IPv6.parse(plain);
  if (parsed.isIPv4MappedAddress()) return parsed.toIPv4Address().toString();
  const network = parsed.parts.slice(0, 4).map((group) => group.toString(16));
  return `${network.join(":")}::/64`;
}

function keyOf(name: LimitName, subject: string): string {
  return createHash("sha256").update(`${name}\n${subject}`).digest("hex");
}

/** `in 40 seconds`, `in 12 minutes`: rounded up, so that a retry at the told time is not refused again. */
export function waitText(seconds: number): string {
  if (seconds < 90) return `in ${count(seconds, "second")}`;
  return `in ${Math.ceil(seconds / 60)} minutes`;
}

let lastCleaned = 0;

/**
 * Counts an attempt of `subject` and throws `rate_limited`, with the wait, when the window is full.
 * The subject is stored only as a hash.
 */
export async function limit(name: LimitName, subject: string, now = new Date()): Promise<void> {
  const { max, windowMs, full = "Too many attempts." }: Limit = limits[name];
  const { count, windowStart } = await countAttempt(keyOf(name, subject), windowMs, now);
  if (now.getTime() - lastCleaned > 60 * minute) {
    lastCleaned = now.getTime();
    await deleteWindowsBefore(new Date(now.getTime() - 24 * 60 * minute));
  }
  if (count <= max) return;
  const retryAfter = Math.max(1, Math.ceil((windowStart.getTime() + windowMs - now.getTime()) / 1000));
  throw new AppError("rate_limited", `${full} Try again ${waitText(retryAfter)}.`, { retryAfter });
}

/** Gives back an attempt that turned out well, so that people who come often are not locked out. */
export async function releaseAttempt(name: LimitName, subject: string): Promise<void> {
  await returnAttempt(keyOf(name, subject));
}
