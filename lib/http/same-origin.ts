import { AppError } from "@/lib/errors";

/**
 * Whether a request with a cookie was made by our own pages: `Origin` is exactly ours, or the browser itself says
 * `Sec-Fetch-Site: same-origin`. A missing Origin alone is not enough: Next lets server actions without one through.
 */
export function isSameOrigin(headers: { get(name: string): string | null }, appOrigin: string): boolean {
  const origin = headers.get("origin");
  if (origin !== null && origin === appOrigin) return true;
  return headers.get("sec-fetch-site") === "same-origin";
}

/** Throws `foreign_origin` unless the request was made by our own pages. */
export function requireSameOrigin(headers: { get(name: string): string | null }, appUrl: string): void {
  if (isSameOrigin(headers, new URL(appUrl).origin)) return;
  throw new AppError(
    "foreign_origin",
    "This request did not come from a page of Posturio, so nothing was changed. Reload the page and try again.",
  );
}
