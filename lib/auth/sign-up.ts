import type { z } from "zod";
import { createUser } from "@/lib/db/system/identity";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { signUpInput } from "./auth-input";
import { hashPassword } from "./password-hash";
import { passwordProblem } from "./password-problem";
import { addressKey, limit } from "./rate-limit";
import { type ClientInfo, startSession } from "./sign-in";

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

/** Creates a user, or refuses with `conflict` when the address has one. Used by sign-up and by invites. */
export async function registerUser(input: {
  email: string;
  name: string;
  password: string;
}): Promise<string> {
  await requireGoodPassword(input.password, [input.email, input.name]);
  const passwordHash = await hashPassword(input.password);
  const user = await createUser({ email: input.email, name: input.name, passwordHash });
  if (user === null)
    throw addressTaken("This address cannot be used to sign up. If it is yours, sign in instead.");
  return user.id;
}

/** True when people may sign up without an invite on this installation. */
export function isSignUpOpen(): boolean {
  return env.POSTURIO_SIGNUP === "open";
}

/** Open sign-up. Throws `forbidden` when the installation works by invite only. */
export async function signUp(
  input: z.output<typeof signUpInput>,
  from: ClientInfo,
): Promise<{ userId: string; sid: string }> {
  if (!isSignUpOpen()) {
    throw new AppError(
      "forbidden",
      "This installation works by invitation. Ask an admin of your organization for a link.",
    );
  }
  await limit("signUpByAddress", addressKey(from.address));
  await limit("signUpByEmail", input.email);
  const userId = await registerUser(input);
  return { userId, sid: await startSession(userId, from) };
}
