/** Where reading stopped, and why: enough to point at the place. Lines and columns count from 1. */
export interface JsonStop {
  readonly line: number;
  readonly column: number;
  /** What is allowed here, in words: `a comma or ]`. */
  readonly expected: string;
  /** What is here, shortened; null at the end of the text. */
  readonly found: string | null;
  /** A line break inside a text: the mark of a copy out of a wrapping terminal. */
  readonly isBrokenText: boolean;
}

export interface JsonReading {
  /** What was read; after a stop whatever stood before it, with its last containers unfinished. */
  readonly value: unknown;
  readonly stop: JsonStop | null;
  /** Line on which an object or array of `value` begins. */
  lineOf(container: object): number;
  /** False for a container that the stop cut off. */
  isWhole(container: object): boolean;
}

const deepest = 60;
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

const textEnd = "the end of a text (a double quote)";
/** What a cut leaves of an escape, and of a number or a word. */
const cutEscape = /^\\(u[0-9a-fA-F]{0,3})?$/;
const cutNumber = /^-?(\d+(\.\d*)?([eE][+-]?)?)?$/;
const isCutWord = (rest: string) =>
  cutNumber.test(rest) || ["true", "false", "null"].some((word) => word.startsWith(rest));

class Stop extends Error {
  readonly at: number;
  readonly expected: string;
  readonly isBrokenText: boolean;
  constructor(at: number, expected: string, isBrokenText = false) {
    super(expected);
    this.at = at;
    this.expected = expected;
    this.isBrokenText = isBrokenText;
  }
}

/**
 * Reads one JSON value from `start` on and ignores what follows it. Unlike JSON.parse it keeps what it had read
 * when the text stops being JSON, and knows the line of every object: so a person can see what is missing.
 * Never throws.
 */
export function readJson(text: string, start = 0): JsonReading {
  const offsets = new WeakMap<object, number>();
  const open: object[] = [];
  let at = start;
  let root: unknown;

  const skipSpace = () => {
    while (at < text.length && " \t\r\n".includes(text[at] ?? "x")) at += 1;
  };

  const readValue = (keep: (value: unknown) => void, expected: string): void => {
    skipSpace();
    const character = text[at];
    if (character === "{" || character === "[") {
      if (open.length >= deepest) throw new Stop(at, "less nesting");
      const container: object = character === "{" ? {} : [];
      offsets.set(container, at);
      keep(container);
      open.push(container);
      at += 1;
      if (Array.isArray(container)) readItems(container);
      else readMembers(container as Record<string, unknown>);
      open.pop();
    } else if (character === '"') keep(readText());
    else keep(readWord(expected));
  };

  const readItems = (items: unknown[]): void => {
    skipSpace();
    if (text[at] === "]") {
      at += 1;
      return;
    }
    for (;;) {
      readValue((value) => items.push(value), "a value");
      skipSpace();
      if (text[at] !== "," && text[at] !== "]") throw new Stop(at, "a comma or ]");
      at += 1;
      if (text[at - 1] === "]") return;
    }
  };

  const readMembers = (members: Record<string, unknown>): void => {
    skipSpace();
    if (text[at] === "}") {
      at += 1;
      return;
    }
    for (;;) {
      skipSpace();
      if (text[at] !== '"') throw new Stop(at, "a name in double quotes");
      const nameAt = at;
      const name = readText();
      // JSON.parse takes the last one; here two values for one name would hide what AWS answered.
      if (Object.hasOwn(members, name)) throw new Stop(nameAt, "a name not yet in this object");
      skipSpace();
      if (text[at] !== ":") throw new Stop(at, "a colon");
      at += 1;
      // defineProperty: a member named __proto__ stays a member.
      const keep = (value: unknown) =>
        Object.defineProperty(members, name, { value, enumerable: true, configurable: true, writable: true });
      readValue(keep, "a value");
      skipSpace();
      if (text[at] !== "," && text[at] !== "}") throw new Stop(at, "a comma or }");
      at += 1;
      if (text[at - 1] === "}") return;
    }
  };

  const readText = (): string => {
    let value = "";
    at += 1;
    for (;;) {
      const character = text[at];
      if (character === undefined) throw new Stop(at, textEnd);
      if (character === '"') break;
      if (character < " ") throw new Stop(at, textEnd, "\r\n".includes(character));
      if (character === "\\") {
        const escaped = text[at + 1] ?? "";
        const code = /^[0-9a-fA-F]{4}$/.exec(text.slice(at + 2, at + 6))?.[0];
        if (escaped === "u" && code !== undefined) {
          value += String.fromCharCode(Number.parseInt(code, 16));
          at += 6;
        } else {
          const plain = escapes[escaped];
          if (plain === undefined) {
            if (cutEscape.test(text.slice(at, at + 6))) throw new Stop(text.length, textEnd);
            throw new Stop(at, "an escape that JSON knows");
          }
          value += plain;
          at += 2;
        }
      } else {
        value += character;
        at += 1;
      }
    }
    at += 1;
    return value;
  };

  const readWord = (expected: string): unknown => {
    const word = /^(true|false|null|-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?)(?![\w.+-])/.exec(
      text.slice(at, at + 400),
    )?.[0];
    if (word === undefined) throw new Stop(isCutWord(text.slice(at)) ? text.length : at, expected);
    at += word.length;
    return JSON.parse(word);
  };

  const lineAt = lineFinder(text);
  let stop: JsonStop | null = null;
  try {
    readValue((value) => {
      root = value;
    }, "{ or [");
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    const rest = text.slice(error.at);
    stop = {
      line: lineAt(error.at),
      column: error.at - text.lastIndexOf("\n", error.at - 1),
      expected: error.expected,
      found: rest.trim() === "" ? null : (rest.trimStart().split("\n")[0] ?? "").slice(0, 24).trim(),
      isBrokenText: error.isBrokenText,
    };
  }
  return {
    value: root,
    stop,
    lineOf: (container) => lineAt(offsets.get(container) ?? start),
    isWhole: (container) => !open.includes(container),
  };
}

/** The line of an offset, by bisection: a file has thousands of records, and each asks. */
function lineFinder(text: string): (offset: number) => number {
  let breaks: number[] | undefined;
  return (offset) => {
    breaks ??= [...text.matchAll(/\n/g)].map(({ index }) => index);
    let [low, high] = [0, breaks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((breaks[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}
