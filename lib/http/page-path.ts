/** Request header, set by proxy.ts: path and query of the page, to come back to after signing in. */
export const pathHeader = "x-posturio-path";
