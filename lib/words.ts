/**
 * A stored word with a fixed set: the one place from which its union, SQL check, API enum and labels come. Pure, so
 * that it also runs in the browser. A label table is a `Record` over the union: one that lacks a word does not compile.
 */
export interface Words<W extends string> {
  /** What the word is, for the error: `finding status`. */
  readonly name: string;
  readonly values: readonly [W, ...W[]];
  is(text: string): text is W;
  /** The stored text as the word. Throws UnknownWord: an unknown word is never read as another. */
  parse(stored: string): W;
  /** The same for a column that may be empty. */
  parseOrNull(stored: string | null): W | null;
}

/** The union of a set of words. */
export type WordOf<S> = S extends Words<infer W> ? W : never;

/** The database holds a word that this version does not know. Logged in full; people see that something went wrong. */
export class UnknownWord extends Error {
  constructor(name: string, stored: string, values: readonly string[]) {
    super(`Unknown ${name} ${JSON.stringify(stored)}: expected one of ${values.join(", ")}.`);
    this.name = "UnknownWord";
  }
}

/** Defines the set of a stored word. `name` is what an error calls it; the order of `values` is that of lists. */
export function defineWords<const W extends string>(name: string, values: readonly [W, ...W[]]): Words<W> {
  const is = (text: string): text is W => (values as readonly string[]).includes(text);
  const parse = (stored: string): W => {
    if (!is(stored)) throw new UnknownWord(name, stored, values);
    return stored;
  };
  return { name, values, is, parse, parseOrNull: (stored) => (stored === null ? null : parse(stored)) };
}
