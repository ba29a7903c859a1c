import { z } from "zod";
import { guessableBecause } from "./password-strength";

/**
 * NIST SP 800-63B: length and guessability decide, no composition rules. The maximum bounds the work of estimating and
 * hashing.
 */
export const passwordLength = { min: 12, max: 128 } as const;

/** What every attacker of this very installation tries first, and the phrase that everybody has read. */
const knownWords = [
  "posturio",
  "cloudtrail",
  "amazonaws",
  "correct horse battery staple",
  "correcthorsebatterystaple",
];

const whatToDo = "Use four or more unrelated words, or let a password manager create one.";

/** An error of length, or null. The only part that is checked before the limits of attempts. */
function lengthProblem(password: string): string | null {
  const length = [...password].length;
  if (length < passwordLength.min) return `Use at least ${passwordLength.min} characters.`;
  if (length > passwordLength.max) return `Use at most ${passwordLength.max} characters.`;
  return null;
}

/**
 * Why the password may not be used and what to do, or null. `context` is what belongs to the person: e-mail address,
 * name, organization.
 */
export async function passwordProblem(
  password: string,
  context: readonly string[] = [],
): Promise<string | null> {
  const problem = lengthProblem(password);
  if (problem !== null) return problem;
  const words = wordsOf(context);
  const plain = password.normalize("NFKC");
  if (leavesTooLittle(plain.toLowerCase(), words)) {
    return `This password is mostly a name that is easy to guess. ${whatToDo}`;
  }
  const reason =
    new Set(plain).size < 5
      ? "This password repeats a few characters."
      : await guessableBecause(plain, words);
  return reason === null ? null : `${reason} ${whatToDo}`;
}

/** Each text whole, without its spaces, and in its parts, in lower case. */
function wordsOf(context: readonly string[]): string[] {
  const texts = context.map((text) => text.normalize("NFKC").toLowerCase());
  const parts = texts.flatMap((text) => [text, text.replace(/\s+/g, ""), ...text.split(/[^\p{L}\p{N}]+/u)]);
  return [...new Set([...knownWords, ...parts])].filter((word) => word.length >= 3);
}

/** An estimate counts each name and each hyphen between as a choice of its own: `Margaret-Hamilton1!` would pass. */
function leavesTooLittle(plain: string, words: readonly string[]): boolean {
  const known = words.filter((word) => word.length >= 4).sort((a, b) => b.length - a.length);
  const rest = known.reduce((text, word) => text.replaceAll(word, ""), plain);
  return rest !== plain && rest.replace(/[^\p{L}\p{N}]/gu, "").length < 6;
}

/** A password someone types to sign in: any length up to the limit, so that old policies lock nobody out. */
export const passwordField = z
  .string()
  .min(1, "Enter your password.")
  .max(1000, "This password is too long.");

/**
 * A password someone chooses: its length. The use case checks the rest, behind the limit of attempts and with the words
 * tied to the person.
 */
export const newPasswordField = z.string().superRefine((password, check) => {
  const problem = lengthProblem(password);
  if (problem !== null) check.addIssue({ code: "custom", message: problem });
});
