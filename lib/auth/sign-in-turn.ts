import { countFailure, forgetKey, type Growth, readWindow } from "@/lib/db/system/rate-limits";
import { oneByOne } from "./one-by-one";
import { forgottenAfterMs, keyOf, limit, requireRoom, tooManyAttempts, waitText } from "./rate-limit";

/**
 * How wrong passwords slow the next attempt. Nothing is locked: each wait ends, and it is counted for the e-mail
 * address *and* where the attempt comes from, so that strangers make nobody wait but themselves. The one bound over
 * all strangers together is generous, its waits are short, and a browser in which the person has signed in before is not
 * under it.
 */
export const growth = {
  fromNetwork: { free: 5, firstSeconds: 5, longestSeconds: 900 },
  fromKnownBrowser: { free: 10, firstSeconds: 5, longestSeconds: 900 },
  fromAnywhere: { free: 100, firstSeconds: 1, longestSeconds: 60 },
} as const satisfies Record<string, Growth>;

export interface Attempt {
  readonly email: string;
  /** `addressKey` of where it comes from. */
  readonly network: string;
  /** Hash of the browser's secret, when the person has signed in with it before. */
  readonly knownBrowser: string | null;
}

interface Slowed {
  readonly key: string;
  readonly growth: Growth;
}

/** What an attempt is counted under, its own place first. A known browser is judged by what was wrong in it alone. */
function slowedBy({ email, network, knownBrowser }: Attempt): readonly [Slowed, ...Slowed[]] {
  if (knownBrowser !== null) {
    const key = keyOf("fromKnownBrowser", `${email}\n${knownBrowser}`);
    return [{ key, growth: growth.fromKnownBrowser }];
  }
  return [
    { key: keyOf("fromNetwork", `${email}\n${network}`), growth: growth.fromNetwork },
    { key: keyOf("fromAnywhere", email), growth: growth.fromAnywhere },
  ];
}

/** Seconds to wait after so many failures; 0 while they are free. */
export function waitAfter(failures: number, { free, firstSeconds, longestSeconds }: Growth): number {
  return failures < free ? 0 : Math.min(longestSeconds, firstSeconds * 2 ** Math.min(failures - free, 30));
}

async function secondsToWait(attempt: Attempt, now: Date): Promise<number> {
  const waits = await Promise.all(
    slowedBy(attempt).map(async ({ key, growth: grows }) => {
      const found = await readWindow(key);
      if (found === null || now.getTime() - found.windowStart.getTime() >= forgottenAfterMs) return 0;
      const wait = waitAfter(found.count, grows);
      // Free failures cost nothing, not even the moment by which one was counted after this attempt was made.
      return wait === 0 ? 0 : (found.windowStart.getTime() - now.getTime()) / 1000 + wait;
    }),
  );
  return Math.max(0, ...waits);
}

/**
 * Throws `rate_limited`, with the wait, unless it is this attempt's turn. It is asked before the password is looked at
 * and again before a right one is accepted: attempts that run side by side are judged by what was wrong meanwhile, right
 * and wrong ones get the same answer, and so sending many at once guesses no faster. Nothing is counted.
 */
export async function requireTurn(attempt: Attempt, now = new Date()): Promise<void> {
  const seconds = await secondsToWait(attempt, now);
  if (attempt.knownBrowser !== null) {
    if (seconds > 0) throw tooManyAttempts(seconds, "Too many attempts failed in this browser.");
    return;
  }
  if (seconds > 0) throw tooManyAttempts(seconds, "Too many attempts failed.", noWaitWhereKnown);
  await requireRoom("wrongSignInByAddress", attempt.network, now);
}

const noWaitWhereKnown = "In a browser where you signed in before, you do not have to wait.";

/**
 * Counts a wrong password, and says in words when the next attempt may be made; null when at once. Throws `rate_limited`
 * when others failed meanwhile, and then counts nothing.
 */
export async function countWrongPassword(attempt: Attempt, now = new Date()): Promise<string | null> {
  const forgottenBefore = new Date(now.getTime() - forgottenAfterMs);
  for (const { key, growth: grows } of slowedBy(attempt)) {
    if (!(await countFailure(key, grows, now, forgottenBefore))) await requireTurn(attempt, now);
  }
  if (attempt.knownBrowser === null) await limit("wrongSignInByAddress", attempt.network, now);
  const seconds = Math.ceil(await secondsToWait(attempt, now));
  return seconds > 0 ? waitText(seconds) : null;
}

/**
 * Judges a password that was verified, as `requireTurn` or `countWrongPassword` does. What fails in one place is judged
 * one after the other in this process, so that of many at once the free ones alone are told, whichever was counted first.
 */
export function judge(attempt: Attempt, isRight: boolean): Promise<string | null> {
  const [own] = slowedBy(attempt);
  return oneByOne(own.key, async () => {
    if (!isRight) return countWrongPassword(attempt);
    await requireTurn(attempt);
    return null;
  });
}

/** The person got in: earlier slips in the same place are forgotten. What strangers did elsewhere is not. */
export async function forgetSlips(attempt: Attempt): Promise<void> {
  const [own] = slowedBy(attempt);
  await forgetKey(own.key);
}
