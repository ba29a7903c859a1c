import { replaceUnseen, unitEscapes, wellFormed } from "./invisible";
import { changedLines } from "./marked";
import { type ChangedKeys, indented, isList, isRecord, type Value } from "./values";

/** Code inside an object literal, e.g. `bucket.bucketName`. */
export class Code {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Property = readonly [name: string, value: Value | Code];

/** `{ … }` over several lines; the lines of `changed` properties are marked. */
export function objectLines(
  properties: readonly Property[],
  changed: ChangedKeys = new Set(),
): readonly string[] {
  const lines = properties.flatMap(([name, value]) => {
    const [first = "", ...rest] = value instanceof Code ? value.text.split("\n") : literalLines(value);
    const all = withComma([`${propertyName(name)}: ${first}`, ...rest]);
    return changed.has(name) ? changedLines(all) : all;
  });
  return ["{", ...indented(lines), "}"];
}

/** A literal as lines of TypeScript. */
export function literalLines(value: Value): readonly string[] {
  if (isList(value)) {
    if (value.every((item) => typeof item !== "object")) return [`[${value.map(scalar).join(", ")}]`];
    return ["[", ...indented(value.flatMap((item) => withComma(literalLines(item)))), "]"];
  }
  if (isRecord(value)) return objectLines(Object.entries(value));
  return [scalar(value)];
}

function scalar(value: Value): string {
  return typeof value === "string" ? typescriptString(value) : JSON.stringify(value);
}

/** A string literal in double quotes. */
export function typescriptString(text: string): string {
  const escaped = wellFormed(text).replace(/["\\]/g, (sign) => `\\${sign}`);
  return `"${replaceUnseen(escaped, (character) => (character === "\n" ? "\\n" : unitEscapes(character)))}"`;
}

function propertyName(name: string): string {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) ? name : typescriptString(name);
}

function withComma(lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => (index === lines.length - 1 ? `${line},` : line));
}
