import type { z } from "zod";
import { createUser } from "@/lib/db/system/identity";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { signUpInput } from "./auth-input";
import type { ClientInfo } from "./client-info";
import { addressKey } from "./network-address";
import { hashPassword } from "./password-hash";
import { passwordProblem } from "./password-problem";
import { limit } from "./rate-limit";

/** Refuses with `invalid_input` on the given field when the password is too easy to guess for this person. */
export async function requireGoodPassword(
  password: string,
  context: readonly string[],
  field = "password",
): Promise<void> {
  const problem = await passwordProblem(password, context);
  if (problem !== null) throw new AppError("invalid_input", problem, { fields: { [field]: problem } });
}

export function addressTaken(text: string): AppError {
  return new AppError("conflict", text, { fields: { email: text } });
}

/** Creates a user and returns the id, or null when the address has one: after the same work. */
export async function registerUser(
  input: { email: string; name: string; password: string },
  sender?: string,
): Promise<string | null> {
  await requireGoodPassword(input.password, [input.email, input.name]);
  const passwordHash = await hashPassword(input.password, sender);
  const user = await createUser({ email: input.email, name: input.name, passwordHash });
  return user?.id ?? null;
}

/** True when people may sign up without an invite on this installation: by default in the demo alone. */
export function isSignUpOpen({ POSTURIO_SIGNUP, POSTURIO_DEMO }: SignUpSettings = env): boolean {
  return POSTURIO_SIGNUP === undefined ? POSTURIO_DEMO : POSTURIO_SIGNUP === "open";
}

type SignUpSettings = Pick<typeof env, "POSTURIO_SIGNUP" | "POSTURIO_DEMO">;

/**
 * Open sign-up. One answer, after the same work, whether or not the address has a user, and nobody is signed in by it:
 * only the password tells, where wrong ones are slowed. Throws `forbidden` when the installation works by invite only.
 */
export async function signUp(input: z.output<typeof signUpInput>, from: ClientInfo): Promise<void> {
  if (!isSignUpOpen()) {
    throw new AppError(
      "forbidden",
      "This installation works by invitation. Ask an admin of your organization for a link.",
    );
  }
  const network = addressKey(from.address);
  await limit("signUpByAddress", network);
  await limit("signUpByEmail", input.email);
  await registerUser(input, network);
}
