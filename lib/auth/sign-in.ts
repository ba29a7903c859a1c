import type { z } from "zod";
import { revokeSessionByHash } from "@/lib/db/system/identity";
import { findPersonSigningIn } from "@/lib/db/system/sign-in";
import { AppError } from "@/lib/errors";
import type { signInInput } from "./auth-input";
import { type BrowserSecrets, browserHashOf, type ClientInfo } from "./client-info";
import { addressKey } from "./network-address";
import { verifyPassword } from "./password-hash";
import { normalizeEmail } from "./person-fields";
import { limit, requireRoom } from "./rate-limit";
import { type Attempt, forgetSlips, judge, requireTurn } from "./sign-in-turn";
import { startSession } from "./start-session";

/**
 * Checks e-mail and password and starts a session. Throws `rate_limited`, or `unauthenticated` with one text for an
 * unknown address, a wrong password and a disabled user, after the same work.
 */
export async function signIn(
  input: z.output<typeof signInInput>,
  from: ClientInfo,
): Promise<{ userId: string } & BrowserSecrets> {
  const email = normalizeEmail(input.email);
  const browser = browserHashOf(from);
  const person = await findPersonSigningIn(email, browser, new Date());
  const attempt: Attempt = {
    email,
    network: addressKey(from.address),
    knownBrowser: person?.isKnownBrowser === true ? browser : null,
  };
  await requireTurn(attempt);
  await requireRoomForSuccess(attempt, person?.id ?? null);
  const known = person !== null && !person.isDisabled ? person : null;
  const matches = await verifyPassword(known?.passwordHash ?? null, input.password, {
    sender: attempt.knownBrowser ?? attempt.network,
    isKnown: attempt.knownBrowser !== null,
  });
  const wait = await judge(attempt, matches);
  if (known === null || !matches) throw incorrect(wait);
  const secrets = await enter(attempt, known, from);
  await forgetSlips(attempt);
  return { userId: known.id, ...secrets };
}

function incorrect(wait: string | null = null): AppError {
  return new AppError(
    "unauthenticated",
    `The e-mail address or password is incorrect. Check both and try again${wait === null ? "" : ` ${wait}`}.`,
  );
}

/**
 * Right passwords are limited too, generously and each where it cannot be used up by others: a known browser by its
 * person, who is told only there, and everybody else by the network. Before the work of hashing is done.
 */
async function requireRoomForSuccess(attempt: Attempt, userId: string | null): Promise<void> {
  if (attempt.knownBrowser !== null && userId !== null) await requireRoom("signInByPerson", userId);
  else await requireRoom("signInByAddress", attempt.network);
}

async function enter(
  attempt: Attempt,
  person: { readonly id: string; readonly passwordHash: string },
  from: ClientInfo,
): Promise<BrowserSecrets> {
  const counted = [];
  if (attempt.knownBrowser === null) counted.push(await limit("signInByAddress", attempt.network));
  counted.push(await limit("signInByPerson", person.id));
  const secrets = await startSession(person, from);
  if (secrets !== null) return secrets;
  // The password was changed while this one was verified: it is wrong by now, which is nobody's failure.
  await Promise.all(counted.map(({ giveBack }) => giveBack()));
  throw incorrect();
}

/** Ends the session for good; the cookie alone opens nothing afterwards. */
export async function endSession(sidHash: string, now = new Date()): Promise<void> {
  await revokeSessionByHash(sidHash, now);
}
