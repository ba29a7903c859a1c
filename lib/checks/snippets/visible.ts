import { codePoint, replaceInvisible } from "./invisible";

/**
 * Text for a person at a terminal, and for a comment in code: one line, with every control character and override
 * written out (`\u{1b}`), so that it can neither move the cursor nor begin a line of its own.
 */
export function visible(text: string): string {
  return replaceInvisible(text, (character) => `\\u{${codePoint(character, 1)}}`);
}

/** The same for text of several lines that we laid out ourselves. */
export function visibleLines(text: string): string {
  return text.split("\n").map(visible).join("\n");
}

/** The same for every text inside a value, keys included. */
export function visibleAll<T>(value: T): T {
  if (typeof value === "string") return visible(value) as T;
  if (Array.isArray(value)) return value.map(visibleAll) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [visible(key), visibleAll(item)]),
  ) as T;
}
