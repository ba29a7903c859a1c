import { visible } from "./visible";

/**
 * Text that Markdown would read as structure, on one line. Names are not linked and no user is mentioned: GitHub does
 * both after it has taken backslashes away, so a space of no width is put in between.
 */
export function markdownText(text: string): string {
  return visible(text.replace(/\s+/g, " "))
    .replace(/[\\`*_[\]<>|&~]/g, (sign) => `\\${sign}`)
    .replace(/^\s*(?=[#+-])/, "\\")
    .replace(/@(?=\w)|#(?=\d)|:(?=\/\/)|\bwww(?=\.)/gi, (found) => `${found}&#8203;`);
}

/** A fenced block; its fence is longer than any run of backticks inside. */
export function markdownFence(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
