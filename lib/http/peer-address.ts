import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { peerAddressHeader } from "@/lib/auth/client-address";

/**
 * Writes the address of the socket into a request header before anything reads the request. Next tells handlers no
 * peer address, and takes a client's own `X-Forwarded-For` for one: rate limits by address would be the client's
 * choice. Whatever the client sent under our name is replaced.
 */
export function installPeerAddress(): void {
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    request.headers[peerAddressHeader] = request.socket.remoteAddress ?? "";
  });
}
