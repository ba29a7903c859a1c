import { hash, verify } from "@node-rs/argon2";
import { boundedQueue } from "./bounded-queue";

/** argon2id, the minimum of the OWASP password storage cheat sheet. Algorithm 2 is argon2id. */
const parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const inQueue = boundedQueue(2, 16);

/** PHC string. Throws `rate_limited` when too many wait. */
export function hashPassword(password: string): Promise<string> {
  return inQueue(() => hash(password.normalize("NFKC"), parameters));
}

let dummy: Promise<string> | undefined;

/**
 * True when the password belongs to the hash. With `null` (unknown user) the same work is done on a hash that no
 * password has, so that the answer takes as long. Throws `rate_limited` when too many wait.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  dummy ??= hash(crypto.randomUUID(), parameters);
  const against = passwordHash ?? (await dummy);
  const matches = await inQueue(() => verify(against, password.normalize("NFKC")));
  return matches && passwordHash !== null;
}
