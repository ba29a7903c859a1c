/** The word for so many: `is` for one, `are` for any other number. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return n === 1 ? one : many;
}

/** A number with its noun: `1 trail`, `3 trails`; `2 people` with the plural given. */
export function count(n: number, one: string, many?: string): string {
  return `${n} ${plural(n, one, many)}`;
}

/** What a person typed as one line in its one spelling: NFKC, no control or format characters, single spaces. */
export function oneLine(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\p{Cc}\p{Cf}]/gu, "")
    .replace(/\s+/g, " ")
    .trim();
}
