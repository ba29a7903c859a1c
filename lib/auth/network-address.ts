import ipaddr from "ipaddr.js";

/** Four decimal numbers without leading zeros: `1.2.3`, `0x7f.1` and `010.0.0.1` are read differently by different programs. */
const ipv4 = /^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/;

/**
 * The address in its one spelling, or null when the text is none. Brackets, zones and the ports that some proxies append
 * do not count, and an IPv4-mapped address is its IPv4 address.
 */
export function readAddress(text: string): string | null {
  const lower = text.trim().toLowerCase();
  const withoutPort = /^\[(.*)\](?::\d+)?$/.exec(lower)?.[1] ?? /^([\d.]+):\d+$/.exec(lower)?.[1] ?? lower;
  const plain = withoutPort.replace(/%.*$/, "");
  if (ipv4.test(plain)) return ipaddr.IPv4.isValid(plain) ? plain : null;
  if (!ipaddr.IPv6.isValid(plain)) return null;
  const parsed = ipaddr.IPv6.parse(plain);
  return parsed.isIPv4MappedAddress() ? parsed.toIPv4Address().toString() : parsed.toRFC5952String();
}

/**
 * One subscriber, one key: an IPv6 network (/64) counts as one address. The network that begins with zeros belongs to
 * nobody (the loopback address is in it), so an address of it counts for itself. What is no address is its own key.
 */
export function addressKey(address: string): string {
  const plain = readAddress(address);
  if (plain === null) return address.trim().toLowerCase();
  if (!ipaddr.IPv6.isValid(plain)) return plain;
  const network = ipaddr.IPv6.parse(plain).parts.slice(0, 4);
  if (network.every((group) => group === 0)) return plain;
  return `${network.map((group) => group.toString(16)).join(":")}::/64`;
}
