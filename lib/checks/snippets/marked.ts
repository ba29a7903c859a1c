import type { CommandPart } from "@/lib/checks/suggested-change";

// Private-use characters: no name, ARN or selector of AWS can contain them.
const begin = "\uE000";
const end = "\uE001";

/** Marks what the person should look at. The marks live until `toParts`. */
export function changed(text: string): string {
  return `${begin}${text}${end}`;
}

/** Marks every line that is not empty. */
export function changedLines(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line.trim() === "" ? line : changed(line)));
}

/** Splits marked text into the parts that a page shows. */
export function toParts(text: string): readonly CommandPart[] {
  return text
    .split(new RegExp(`(${begin}[^${end}]*${end})`))
    .filter((piece) => piece !== "")
    .map((piece) =>
      piece.startsWith(begin) ? { text: piece.slice(1, -1), changed: true } : { text: piece },
    );
}

/** What a person copies: the text of all parts. */
export function plainText(parts: readonly CommandPart[]): string {
  return parts.map((part) => part.text).join("");
}

/** Marked text without its marks. */
export function unmarked(text: string): string {
  return plainText(toParts(text));
}
