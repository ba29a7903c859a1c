import { AppError } from "@/lib/errors";
import { isOwnOrigin } from "./own-address";

/**
 * Whether a request with a cookie was made by our own pages. An `Origin` decides alone, whatever else stands there: for
 * a browser that took another name's address for ours, its page is of the same origin. Without one the browser itself
 * has to say `Sec-Fetch-Site: same-origin`: Next lets server actions with neither through.
 */
export function isSameOrigin(headers: { get(name: string): string | null }, appUrl: string): boolean {
  const origin = headers.get("origin");
  if (origin !== null) return isOwnOrigin(origin, appUrl);
  return headers.get("sec-fetch-site") === "same-origin";
}

/** Throws `foreign_origin` unless the request was made by our own pages. */
export function requireSameOrigin(headers: { get(name: string): string | null }, appUrl: string): void {
  if (isSameOrigin(headers, appUrl)) return;
  throw new AppError(
    "foreign_origin",
    "This request did not come from a page of Posturio, so nothing was changed. Reload the page and try again.",
  );
}
