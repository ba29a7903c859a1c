import { hash, verify } from "@node-rs/argon2";
import { boundedQueue } from "./bounded-queue";

/** argon2id, the minimum of the OWASP password storage cheat sheet. Algorithm 2 is argon2id. */
const parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Room for a team that signs in at the same moment from one network: the last one waits a second or two. */
const inQueue = boundedQueue(2, 64);

/** A place of their own for browsers that are known: however many strangers wait, these come to their turn. */
const inQueueOfKnown = boundedQueue(1, 64);

/** PHC string. `sender` waits in a line of its own. Throws `rate_limited` when too many wait. */
export function hashPassword(password: string, sender?: string): Promise<string> {
  return inQueue(() => hash(password.normalize("NFKC"), parameters), sender);
}

let dummy: Promise<string> | undefined;

/**
 * True when the password belongs to the hash. With `null` (unknown user) the same work is done on a hash that no
 * password has, so that the answer takes as long. Throws `rate_limited` when too many wait.
 */
export async function verifyPassword(
  passwordHash: string | null,
  password: string,
  from: { readonly sender?: string; readonly isKnown?: boolean } = {},
): Promise<boolean> {
  dummy ??= hash(crypto.randomUUID(), parameters);
  const against = passwordHash ?? (await dummy);
  const queue = from.isKnown === true ? inQueueOfKnown : inQueue;
  const matches = await queue(() => verify(against, password.normalize("NFKC")), from.sender);
  return matches && passwordHash !== null;
}
