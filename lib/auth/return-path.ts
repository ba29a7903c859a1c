const base = "http://return.invalid";

/**
 * Where to go after signing in: only a path of this very site, else `fallback`. Anything that a browser could read
 * as another origin is refused: `//host`, `/\host`, encoded slashes at the start, schemes, control characters.
 */
export function safeReturnPath(text: string | null | undefined, fallback = "/welcome"): string {
  if (text === null || text === undefined || text.length > 500) return fallback;
  if (!/^\/(?![/\\])[\w\-/?=&%.]*$/.test(text)) return fallback;
  if (/%(2f|5c|0[0-9a-f]|1[0-9a-f]|7f|40)/i.test(text)) return fallback;
  const url = URL.canParse(text, base) ? new URL(text, base) : null;
  if (url === null || url.origin !== base || url.pathname.startsWith("//")) return fallback;
  return url.pathname + url.search;
}
