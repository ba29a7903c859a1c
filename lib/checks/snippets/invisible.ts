/**
 * Characters that a reader does not see, or that change how the text around them is read: control characters,
 * bidirectional overrides, line separators, private-use marks, halves of characters. No writer lets one through raw.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Cn}]/gu;

/** `text` with each of those characters replaced. */
export function replaceInvisible(text: string, replacement: (character: string) => string): string {
  return text.replace(invisible, replacement);
}

/** The same, and a sign after its like, for the log of a workflow acts on `##[` anywhere. */
export function replaceUnseen(text: string, replacement: (character: string) => string): string {
  return replaceInvisible(text, replacement).replace(/(?<=#)#/g, replacement);
}

/** Half a character has no bytes of its own. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, "\uFFFD");
}

/** `00a0`: the code point in hexadecimal, at least `width` digits. */
export function codePoint(character: string, width: number): string {
  return (character.codePointAt(0) ?? 0).toString(16).padStart(width, "0");
}

/** Each UTF-16 unit as `\u00a0`, as JSON and ECMAScript write it. */
export function unitEscapes(character: string): string {
  return [...Array(character.length).keys()]
    .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`)
    .join("");
}

const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** `\n`, `\u00a0` or `\U000e0001`, as HCL and YAML write it. */
export function pointEscape(character: string): string {
  const long = character.length === 1 ? `\\u${codePoint(character, 4)}` : `\\U${codePoint(character, 8)}`;
  return short[character] ?? long;
}
