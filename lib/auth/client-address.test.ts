import { describe, expect, it } from "vitest";
import { clientAddress } from "./client-address";
import { addressKey } from "./rate-limit";

const of = (forwarded: string | null, peer: string | null) =>
  new Headers({
    ...(forwarded === null ? {} : { "x-forwarded-for": forwarded }),
    ...(peer === null ? {} : { "x-posturio-peer": peer }),
  });

describe("clientAddress", () => {
  it("believes nothing the client wrote without a trusted proxy", () => {
    expect(clientAddress(of("6.6.6.6", "10.0.0.9"), 0)).toBe("10.0.0.9");
    expect(clientAddress(of("6.6.6.6, 7.7.7.7", "10.0.0.9"), 0)).toBe("10.0.0.9");
  });

  it("takes the n-th hop from the right with n trusted proxies", () => {
    expect(clientAddress(of("6.6.6.6, 203.0.113.5", "10.0.0.9"), 1)).toBe("203.0.113.5");
    expect(clientAddress(of("6.6.6.6, 203.0.113.5, 10.0.0.8", "10.0.0.9"), 2)).toBe("203.0.113.5");
  });

  it("takes the leftmost hop when there are fewer than promised", () => {
    expect(clientAddress(of("203.0.113.5", "10.0.0.9"), 3)).toBe("203.0.113.5");
    expect(clientAddress(of(null, null), 0)).toBe("unknown");
  });
});

describe("addressKey", () => {
  it("counts an IPv6 network as one address, however it is written", () => {
    expect(addressKey("2001:db8:1:2::1")).toBe("2001:db8:1:2::/64");
    expect(addressKey("2001:0DB8:0001:0002:ffff:0:0:9")).toBe("2001:db8:1:2::/64");
    expect(addressKey("2001:db8:1:3::1")).not.toBe(addressKey("2001:db8:1:2::1"));
    expect(addressKey("fe80::1%eth0")).toBe("fe80:0:0:0::/64");
    expect(addressKey("::1")).toBe("0:0:0:0::/64");
  });

  it("counts an IPv4-mapped address as its IPv4 address", () => {
    expect(addressKey("::ffff:203.0.113.5")).toBe("203.0.113.5");
    expect(addressKey("203.0.113.5")).toBe("203.0.113.5");
  });
});
