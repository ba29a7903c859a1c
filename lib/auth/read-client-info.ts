import { clientAddress } from "./client-address";
import type { ClientInfo } from "./client-info";
import { readKnownBrowserCookie, readSessionCookie } from "./session-cookie";

/** What the request that is being answered tells of where it comes from. */
export async function readClientInfo(headers: {
  get(name: string): string | null;
}): Promise<Required<ClientInfo>> {
  return {
    address: clientAddress(headers),
    userAgent: headers.get("user-agent") ?? "",
    browser: await readKnownBrowserCookie(),
    sidHash: await readSessionCookie(),
  };
}
