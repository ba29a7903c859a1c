import { lengthProblem } from "./password-policy";
import { guessableBecause } from "./password-strength";

/** What every attacker of this very installation tries first, and the phrase that everybody has read. */
const knownWords = [
  "posturio",
  "cloudtrail",
  "amazonaws",
  "correct horse battery staple",
  "correcthorsebatterystaple",
];

const whatToDo = "Use four or more unrelated words, or let a password manager create one.";

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
