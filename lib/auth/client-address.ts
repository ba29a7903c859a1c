import { env } from "@/lib/env";
import { readAddress } from "./network-address";

/** Set by instrumentation from the socket on every request, whatever the client sent under this name. */
export const peerAddressHeader = "x-posturio-peer";

/**
 * The address a request came from: the n-th hop from the right, n = TRUSTED_PROXIES, of `X-Forwarded-For` followed by
 * the peer of the socket. With 0 trusted proxies nothing the client writes is believed. A hop that is no address
 * (`unknown`, a name) would be a key of its own for every text, so the peer stands in for it.
 */
export function clientAddress(
  headers: { get(name: string): string | null },
  trustedProxies = env.TRUSTED_PROXIES,
): string {
  const forwarded = (headers.get("x-forwarded-for") ?? "")
    .split(",")
    .map((hop) => hop.trim())
    .filter((hop) => hop !== "");
  const peer = headers.get(peerAddressHeader) ?? "";
  // A socket that has gone has no peer, and keeps its place: else the last thing that the client wrote would take it.
  const hops = [...forwarded, peer];
  const hop = hops[Math.max(0, hops.length - 1 - trustedProxies)] ?? "";
  return readAddress(hop) ?? readAddress(peer) ?? "unknown";
}
