import { z } from "zod";
import { hinted } from "@/lib/input/form-hints";

/**
 * NIST SP 800-63B: length and guessability decide, no composition rules. The maximum bounds the work of estimating and
 * hashing.
 */
export const passwordLength = { min: 12, max: 128 } as const;

/** What is wrong with the length, or null. The only part that is checked before the limits of attempts. */
export function lengthProblem(password: string): string | null {
  const length = [...password].length;
  if (length < passwordLength.min) return `Use at least ${passwordLength.min} characters.`;
  if (length > passwordLength.max) return `Use at most ${passwordLength.max} characters.`;
  return null;
}

/** A password someone types to sign in: any length up to the limit, so that old policies lock nobody out. */
export const passwordField = hinted(
  z.string().min(1, "Enter your password.").max(1000, "This password is too long."),
  { control: "password", autoComplete: "current-password" },
);

/**
 * A password someone chooses: its length. The use case checks the rest, behind the limit of attempts and with the words
 * tied to the person.
 */
export const newPasswordField = hinted(
  z.string().superRefine((password, check) => {
    const problem = lengthProblem(password);
    if (problem !== null) check.addIssue({ code: "custom", message: problem });
  }),
  { control: "password", autoComplete: "new-password", minLength: passwordLength.min },
);
