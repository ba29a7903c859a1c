import { pointEscape, replaceUnseen, wellFormed } from "./invisible";
import { changedLines } from "./marked";
import { type ChangedKeys, indented, isList, isRecord, type Value } from "./values";

/** An expression, unquoted, e.g. a reference: `aws_s3_bucket.logs.id`. */
export class Expression {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export interface Block {
  readonly block: string;
  readonly body: readonly Line[];
  readonly isChanged?: boolean;
}

/** An argument, a nested block, or a comment or empty line as text. */
export type Line = readonly [name: string, value: Value | Expression] | Block | string;

/** `resource "aws_cloudtrail" "main" { … }`, laid out as `terraform fmt` does. */
export function hclBlock(
  header: string,
  body: readonly Line[],
  changed: ChangedKeys = new Set(),
): readonly string[] {
  return [`${header} {`, ...indented(bodyLines(body, changed)), "}"];
}

/** `jsonencode({ … })` of a policy document. */
export function jsonEncode(value: Value): Expression {
  return new Expression(`jsonencode(${expressionLines(value).join("\n")})`);
}

function bodyLines(body: readonly Line[], changed: ChangedKeys): readonly string[] {
  return body.flatMap((line, index) => {
    if (typeof line === "string") return [line];
    if (isBlock(line)) {
      const lines = hclBlock(line.block, line.body);
      const spaced = index === 0 || body[index - 1] === "" ? lines : ["", ...lines];
      return line.isChanged ? changedLines(spaced) : spaced;
    }
    const [name, value] = line;
    const width = alignment(body, index);
    const [first = "", ...rest] = expressionLines(value);
    const lines = [`${name.padEnd(width)} = ${first}`, ...rest];
    return changed.has(name) ? changedLines(lines) : lines;
  });
}

/** Equal signs are aligned within a run of one-line arguments. */
function alignment(body: readonly Line[], index: number): number {
  const isArgument = (line: Line | undefined) =>
    line !== undefined && typeof line !== "string" && !isBlock(line) && expressionLines(line[1]).length === 1;
  if (!isArgument(body[index])) return 0;
  let start = index;
  let end = index;
  while (isArgument(body[start - 1])) start--;
  while (isArgument(body[end + 1])) end++;
  return Math.max(...body.slice(start, end + 1).map((line) => (line as readonly [string, Value])[0].length));
}

function isBlock(line: Line): line is Block {
  return typeof line === "object" && "block" in line;
}

function expressionLines(value: Value | Expression): readonly string[] {
  if (value instanceof Expression) return value.text.split("\n");
  if (isList(value)) {
    if (value.every((item) => typeof item !== "object")) return [`[${value.map(scalar).join(", ")}]`];
    return ["[", ...indented(value.flatMap((item) => withComma(expressionLines(item)))), "]"];
  }
  if (isRecord(value)) {
    const entries = Object.entries(value);
    const lines = entries.flatMap(([key, item], index) => {
      const name = /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? key : scalar(key);
      const [first = "", ...rest] = expressionLines(item);
      return [`${name.padEnd(keyWidth(entries, index))} = ${first}`, ...rest];
    });
    return ["{", ...indented(lines), "}"];
  }
  return [scalar(value)];
}

function keyWidth(entries: readonly (readonly [string, Value])[], index: number): number {
  const isShort = (entry: readonly [string, Value] | undefined) =>
    entry !== undefined && expressionLines(entry[1]).length === 1;
  if (!isShort(entries[index])) return 0;
  let start = index;
  let end = index;
  while (isShort(entries[start - 1])) start--;
  while (isShort(entries[end + 1])) end++;
  const written = (key: string) => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? key.length : key.length + 2);
  return Math.max(...entries.slice(start, end + 1).map(([key]) => written(key)));
}

function withComma(lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => (index === lines.length - 1 ? `${line},` : line));
}

function scalar(value: Value): string {
  return typeof value === "string" ? hclString(value) : String(value);
}

/**
 * A quoted string (HCL native syntax specification, "Template expressions"): nothing inside is evaluated. A sign before
 * an escaped one is written by its number, for `$$${` would be read otherwise.
 */
export function hclString(text: string): string {
  const escaped = wellFormed(text)
    .replace(/["\\]/g, (sign) => `\\${sign}`)
    .replace(
      /([$%])(\1*)\{/g,
      (_, sign: string, more: string) => `${pointEscape(sign).repeat(more.length)}${sign}${sign}{`,
    );
  return `"${replaceUnseen(escaped, pointEscape)}"`;
}
