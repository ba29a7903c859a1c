/**
 * A session ends 12 hours after signing in, and earlier after 8 hours without a request: one sign-in a working day
 * (ASVS 7.3.1, 7.3.2).
 */
export const sessionLifetime = { idleSeconds: 8 * 3600, absoluteSeconds: 12 * 3600 } as const;

/** How long a browser is remembered after the last sign-in in it: half a year. */
export const knownBrowserSeconds = 180 * 24 * 3600;
