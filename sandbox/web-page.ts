import type { IncomingHttpHeaders } from "node:http";

/** Names of this very machine, and the name of a container: public names, which anybody may have, hold a dot. */
const ownName = /^(localhost|[\w-]+|(.+\.)?localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

/**
 * Why a request is not served: a web page that somebody visits must not act here behind their back. Browsers say so by
 * `Origin` at every request that can have a body of its own, by `Sec-Fetch-Site` and `Referer` at the others, such as
 * an image; and a page whose name resolves to this machine is known by its `Host`. AWS clients send none of it.
 */
export function refusedAsWebPage(headers: IncomingHttpHeaders): string | null {
  const site = headers["sec-fetch-site"];
  if (
    headers.origin !== undefined ||
    headers.referer !== undefined ||
    (site !== undefined && site !== "none")
  ) {
    return "Not from a browser.";
  }
  if (!ownName.test(headers.host ?? "")) return "The sandbox serves this machine only, by its own names.";
  return null;
}
