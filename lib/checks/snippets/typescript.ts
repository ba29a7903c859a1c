import { changedLines } from "./marked";
import { type ChangedKeys, indented, isList, isRecord, type Value } from "./values";

/** Code as it stands inside an object literal, e.g. `bucket.bucketName`. */
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
    if (value.every((item) => typeof item !== "object"))
      return [`[${value.map((v) => JSON.stringify(v)).join(", ")}]`];
    return ["[", ...indented(value.flatMap((item) => withComma(literalLines(item)))), "]"];
  }
  if (isRecord(value)) return objectLines(Object.entries(value));
  return [JSON.stringify(value)];
}

function propertyName(name: string): string {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) ? name : JSON.stringify(name);
}

function withComma(lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => (index === lines.length - 1 ? `${line},` : line));
}
