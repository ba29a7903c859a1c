/** `PST-142`, or null while the account never failed the check. */
export function findingKey(number: number | null): string | null {
  return number === null ? null : `PST-${number}`;
}

/** The number in `PST-142` (any case), or null when the text is no such key. */
export function findingNumber(key: string): number | null {
  const match = /^PST-([1-9]\d{0,8})$/i.exec(key.trim());
  return match ? Number(match[1]) : null;
}
