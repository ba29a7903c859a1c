import { wellFormed } from "./invisible";

/** Words that no POSIX shell and no zsh reads as anything but themselves. */
const plainWord = /^[A-Za-z0-9_./@+,][A-Za-z0-9_./:@%+,=-]*$/;

/** Control characters, and whatever a terminal or an output in ASCII may turn into something else. */
const beyondAscii = /([^\n\x20-\x7e]+)/;

/**
 * One argument of a shell command, byte for byte, for sh, bash and zsh, written in ASCII. Anything else becomes `printf`
 * escapes: a terminal acts on control characters while a command is pasted, and an output in ASCII has no sign for a
 * curly quote but the straight one. A shell cannot pass on a NUL: it goes.
 */
export function shellQuoted(text: string): string {
  const value = wellFormed(text).replaceAll("\0", "");
  if (plainWord.test(value)) return value;
  // A line break is put inside quotes: `printf` in a substitution would lose one at its end.
  const parts = value
    .split(beyondAscii)
    .map((text, index) => (index % 2 === 0 ? singleQuoted(text) : printed(text)));
  return parts.filter((part) => part !== "''").join("") || "''";
}

/** Quotes are closed and opened again where the log of a workflow would read the text as a command to itself. */
function singleQuoted(text: string): string {
  const quoted = text
    .replaceAll("'", () => `'\\''`)
    .replace(/\n(?=\s*::)/g, "\n''")
    .replace(/#(?=#)/g, "#''");
  return `'${quoted}'`;
}

function printed(characters: string): string {
  const bytes = [...new TextEncoder().encode(characters)];
  return `"$(printf '${bytes.map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("")}')"`;
}

/** `<<'WORD'` with the text below it, under a word that is no line of the text. */
export function hereDoc(word: string, text: string): string {
  const lines = new Set(text.split("\n"));
  let mark = word;
  while (lines.has(mark)) mark += "_";
  return `<<'${mark}'\n${text}\n${mark}`;
}
