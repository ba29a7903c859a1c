import { hashSecret } from "./secret";

/** Where a request came from, as told by `clientAddress` and the browser. */
export interface ClientInfo {
  readonly address: string;
  readonly userAgent: string;
  /** Secret of the browser's cookie, by which it is known to the people who signed in with it. */
  readonly browser?: string | null;
  /** Hash of the session that the browser has at this moment. */
  readonly sidHash?: string | null;
}

/** What the browser of somebody who signed in keeps as cookies: the only time both secrets exist in clear. */
export interface BrowserSecrets {
  readonly sid: string;
  readonly browser: string;
}

/** How the browser's secret is stored, or null when it has none. */
export function browserHashOf({ browser }: ClientInfo): string | null {
  return browser === undefined || browser === null ? null : hashSecret(browser);
}
