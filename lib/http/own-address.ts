const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * The origins under which this installation may be reached: that of POSTURIO_URL; when it is one of this very machine,
 * as in the demo, the other names of this machine with the same port too.
 */
function ownOrigins(appUrl: string): URL[] {
  const own = new URL(appUrl);
  if (!loopback.has(own.hostname)) return [own];
  const port = own.port === "" ? "" : `:${own.port}`;
  return [...loopback].map((name) => new URL(`${own.protocol}//${name}${port}`));
}

/** Whether an `Origin` header names a page of ours. */
export function isOwnOrigin(origin: string, appUrl: string): boolean {
  return ownOrigins(appUrl).some((own) => own.origin === origin);
}

/**
 * Whether a `Host` header names this installation. A page of another name that resolves to our address (DNS rebinding)
 * would be of our origin for its browser.
 */
export function isOwnHost(host: string | null, appUrl: string): boolean {
  if (host === null || !/^[\w.-]+(:\d{1,5})?$|^\[[\da-f:]+\](:\d{1,5})?$/i.test(host)) return false;
  return ownOrigins(appUrl).some((own) => {
    const asked = `${own.protocol}//${host}`;
    return URL.canParse(asked) && new URL(asked).host === own.host;
  });
}
