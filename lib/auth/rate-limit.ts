import { createHash } from "node:crypto";
import {
  countAttempt,
  countsSince,
  deleteWindowsBefore,
  readWindow,
  returnAttempt,
} from "@/lib/db/system/rate-limits";
import { AppError } from "@/lib/errors";
import { count } from "@/lib/text";

const minute = 60_000;

/**
 * Attempts per fixed window; `full` is said instead of "Too many attempts". Wrong passwords of one e-mail address are
 * slowed instead: sign-in-turn.ts.
 */
export const limits = {
  wrongSignInByAddress: { max: 30, windowMs: 15 * minute },
  signInByAddress: { max: 600, windowMs: 15 * minute },
  signInByPerson: { max: 120, windowMs: 15 * minute },
  signUpByAddress: { max: 30, windowMs: 60 * minute },
  signUpByEmail: { max: 5, windowMs: 60 * minute },
  inviteByAddress: { max: 60, windowMs: 60 * minute },
  inviteByPerson: { max: 20, windowMs: 60 * minute },
  resetByAddress: { max: 30, windowMs: 60 * minute },
  resetByPerson: { max: 10, windowMs: 60 * minute },
  passwordChangeByPerson: { max: 10, windowMs: 15 * minute },
  tokenRefusedByAddress: { max: 60, windowMs: 5 * minute },
  requestsByToken: { max: 600, windowMs: minute },
  commentsByAuthor: {
    max: 120,
    windowMs: 60 * minute,
    full: "You have posted 120 comments within an hour.",
  },
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

/** What a subject is counted under: nothing of it can be read back. */
export function keyOf(name: string, subject: string): string {
  return createHash("sha256").update(`${name}\n${subject}`).digest("hex");
}

/** `in 40 seconds`, `in 12 minutes`: rounded up, so that a retry at the told time is not refused again. */
export function waitText(seconds: number): string {
  if (seconds < 90) return `in ${count(seconds, "second")}`;
  return `in ${Math.ceil(seconds / 60)} minutes`;
}

/**
 * Counts an attempt of `subject` and throws `rate_limited`, with the wait, when the window is full; what is refused is
 * not counted. The subject is stored only as a hash. The answer gives the attempt back, for what came to nothing
 * through no fault of the person.
 */
export async function limit(
  name: LimitName,
  subject: string,
  now = new Date(),
): Promise<{ giveBack: () => Promise<void> }> {
  const key = keyOf(name, subject);
  const { isFull, windowStart } = await countAttempt(key, limits[name], now);
  await cleanUp(now);
  if (isFull) throw waitForWindow(name, windowStart, now);
  return { giveBack: () => returnAttempt(key, windowStart) };
}

/** Throws `rate_limited` when the window is full, and counts nothing. */
export async function requireRoom(name: LimitName, subject: string, now = new Date()): Promise<void> {
  const { max, windowMs } = limits[name];
  const window = await readWindow(keyOf(name, subject));
  if (window === null || window.count < max) return;
  if (window.windowStart.getTime() + windowMs > now.getTime())
    throw waitForWindow(name, window.windowStart, now);
}

/** How many attempts each of the subjects has left, in their order. Counts nothing. */
export async function roomOf(
  name: LimitName,
  subjects: readonly string[],
  now = new Date(),
): Promise<readonly number[]> {
  const { max, windowMs } = limits[name];
  const keys = subjects.map((subject) => keyOf(name, subject));
  const used = await countsSince(keys, new Date(now.getTime() - windowMs));
  return keys.map((key) => Math.max(0, max - (used.get(key) ?? 0)));
}

/** Too many attempts: how long to wait, in words and in seconds. */
export function tooManyAttempts(seconds: number, what = "Too many attempts.", hint = ""): AppError {
  const retryAfter = Math.max(1, Math.ceil(seconds));
  const text = `${what} Try again ${waitText(retryAfter)}. ${hint}`;
  return new AppError("rate_limited", text.trim(), { retryAfter });
}

function waitForWindow(name: LimitName, windowStart: Date, now: Date): AppError {
  const { windowMs, full }: Limit = limits[name];
  return tooManyAttempts((windowStart.getTime() + windowMs - now.getTime()) / 1000, full);
}

/** Longer than any window and any wait. */
export const forgottenAfterMs = 24 * 60 * minute;

let lastCleaned = 0;

async function cleanUp(now: Date): Promise<void> {
  if (now.getTime() - lastCleaned <= 60 * minute) return;
  lastCleaned = now.getTime();
  await deleteWindowsBefore(new Date(now.getTime() - forgottenAfterMs));
}
