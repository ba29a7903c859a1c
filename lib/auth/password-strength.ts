import type { ZxcvbnFactory } from "@zxcvbn-ts/core";

/** Guesses an attacker needs, below which a password is refused: what zxcvbn calls "very unguessable". */
const enoughGuesses = 1e10;

/** The estimate grows with the square of the length and blocks the process: the start decides, at most 0.1 s. */
const estimatedLength = 64;

let loaded: Promise<ZxcvbnFactory> | undefined;

/**
 * The dictionaries hold 24 MB and take half a second to load, so they are loaded when the first password is chosen.
 * Fewer l33t variants than the default of 100 make the worst case ten times faster and find the same words.
 */
async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
    import("@zxcvbn-ts/language-en"),
  ]);
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    l33tMaxSubstitutions: 10,
  });
}

const leaked = "This password, or one much like it, appears in lists of leaked passwords.";
const repeated = "This password repeats a few characters.";

/** By the warning of zxcvbn, whose own texts do not say what is wrong with the whole. */
const reasons: Readonly<Record<string, string>> = {
  topTen: leaked,
  topHundred: leaked,
  common: leaked,
  similarToCommon: leaked,
  simpleRepeat: repeated,
  extendedRepeat: repeated,
  sequences: "This password contains a sequence such as abc or 6543.",
  straightRow: "This password follows the keys of a keyboard.",
  keyPattern: "This password follows the keys of a keyboard.",
  dates: "This password is mostly a date.",
  recentYears: "This password is mostly a year.",
  wordByItself: "This password is mostly one common word.",
  namesByThemselves: "This password is mostly a name.",
  commonNames: "This password is mostly a name.",
  userInputs: "This password is mostly your name, your address or the name of something here.",
};

/**
 * Why an attacker would guess the password soon, as a sentence, or null. `words` are what an attacker of this person
 * tries first, in lower case.
 */
export async function guessableBecause(password: string, words: readonly string[]): Promise<string | null> {
  loaded ??= load().catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  const { guesses, feedback } = (await loaded).check(password.slice(0, estimatedLength), [...words]);
  if (guesses >= enoughGuesses) return null;
  return reasons[feedback.warning ?? ""] ?? "This password is easy to guess.";
}
