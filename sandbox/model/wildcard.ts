/** IAM wildcards: `*` any text, `?` one character, case-insensitive. */
export function wildcard(pattern: string, text: string): boolean {
  if (pattern === "*") return true;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`, "i").test(text);
}
