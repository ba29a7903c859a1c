import { templateText } from "./cloudformation";
import { pointEscape, replaceUnseen, wellFormed } from "./invisible";
import { changedLines } from "./marked";
import { type ChangedKeys, indented, isList, isRecord, type Value } from "./values";

/** An object as lines of YAML; the lines of `changed` keys, at this level, are marked. */
export function yamlLines(
  object: { readonly [key: string]: Value },
  changed: ChangedKeys = new Set(),
): readonly string[] {
  return Object.entries(object).flatMap(([key, value]) => {
    const lines = entryLines(key, value);
    return changed.has(key) ? changedLines(lines) : lines;
  });
}

function entryLines(key: string, value: Value): readonly string[] {
  const name = /^[A-Za-z][A-Za-z0-9:_-]*$/.test(key) ? key : JSON.stringify(key);
  if (isList(value))
    return value.length === 0 ? [`${name}: []`] : [`${name}:`, ...indented(listLines(value))];
  if (isRecord(value)) {
    return Object.keys(value).length === 0 ? [`${name}: {}`] : [`${name}:`, ...indented(yamlLines(value))];
  }
  return [`${name}: ${scalar(value)}`];
}

function listLines(list: readonly Value[]): readonly string[] {
  return list.flatMap((item) => {
    const lines = isRecord(item) ? yamlLines(item) : isList(item) ? listLines(item) : [scalar(item)];
    return lines.map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`));
  });
}

function scalar(value: string | number | boolean): string {
  return typeof value === "string" ? yamlString(value) : String(value);
}

/**
 * Text of a CloudFormation template. Quoted, as JSON does it, unless it can be nothing but that text: account ids, `*`
 * and ARNs are quoted.
 */
export function yamlString(text: string): string {
  const value = templateText(wellFormed(text));
  const isPlain =
    /^[A-Za-z][A-Za-z0-9._/-]*$/.test(value) ||
    /^[a-z0-9]+:[A-Za-z*]+$/.test(value) ||
    /^AWS(::[A-Za-z0-9]+)+$/.test(value);
  if (isPlain && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(value)) return value;
  const escaped = value.replace(/["\\]/g, (sign) => `\\${sign}`);
  return `"${replaceUnseen(escaped, pointEscape)}"`;
}
