import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { clientAddress } from "./client-address";
import { addressKey } from "./network-address";

const of = (forwarded: string | null, peer: string | null) =>
  new Headers({
    ...(forwarded === null ? {} : { "x-forwarded-for": forwarded }),
    ...(peer === null ? {} : { "x-posturio-peer": peer }),
  });

afterEach(() => void vi.unstubAllEnvs());

describe("clientAddress", () => {
  it("believes nothing the client wrote without a trusted proxy", () => {
    expect(clientAddress(of("6.6.6.6", "10.0.0.9"), 0)).toBe("10.0.0.9");
    expect(clientAddress(of("6.6.6.6, 7.7.7.7", "10.0.0.9"), 0)).toBe("10.0.0.9");
    // Also where the socket had gone before it was asked.
    expect(clientAddress(of("6.6.6.6", ""), 0)).toBe("unknown");
    expect(clientAddress(of("6.6.6.6, 203.0.113.5", ""), 1)).toBe("203.0.113.5");
  });

  it("trusts as many proxies as the operator says", () => {
    vi.stubEnv("TRUSTED_PROXIES", "1");
    expect(clientAddress(of("6.6.6.6, 203.0.113.5", "10.0.0.9"))).toBe("203.0.113.5");
  });

  it("counts no hop that is empty", () => {
    for (const forwarded of [
      "203.0.113.5, , 10.0.0.8",
      "203.0.113.5,\t,10.0.0.8,",
      " ,203.0.113.5 ,10.0.0.8",
    ]) {
      expect(clientAddress(of(forwarded, "10.0.0.9"), 2)).toBe("203.0.113.5");
    }
  });

  it("takes the n-th hop from the right with n trusted proxies", () => {
    expect(clientAddress(of("6.6.6.6, 203.0.113.5", "10.0.0.9"), 1)).toBe("203.0.113.5");
    expect(clientAddress(of("6.6.6.6, 203.0.113.5, 10.0.0.8", "10.0.0.9"), 2)).toBe("203.0.113.5");
  });

  it("takes the leftmost hop when there are fewer than promised", () => {
    expect(clientAddress(of("203.0.113.5", "10.0.0.9"), 3)).toBe("203.0.113.5");
    expect(clientAddress(of(null, null), 0)).toBe("unknown");
  });

  it("drops the port that a proxy appends, and writes an address one way", () => {
    for (const [hop, address] of [
      ["203.0.113.9:50001", "203.0.113.9"],
      ["[2001:db8::1]:50001", "2001:db8::1"],
      ["[2001:DB8:0:0::1]", "2001:db8::1"],
      ["::ffff:203.0.113.9", "203.0.113.9"],
      ["[::ffff:cb00:7109]:50001", "203.0.113.9"],
    ] as const) {
      expect(clientAddress(of(`6.6.6.6, ${hop}`, "10.0.0.9"), 1)).toBe(address);
    }
    expect(clientAddress(of(null, "::ffff:127.0.0.1"), 0)).toBe("127.0.0.1");
    expect(clientAddress(of(null, "fe80::1%eth0"), 0)).toBe("fe80::1");
  });

  it.each([
    "unknown",
    "_hidden",
    "localhost",
    "1.2.3",
    "999.1.1.1",
    "010.0.0.1",
    "203.0.113.9:port",
    "2001:db8::g",
    "[2001:db8::1]x",
    "x".repeat(5000),
  ])("takes the peer where the hop is %j, which is no address", (hop) => {
    expect(clientAddress(of(`6.6.6.6, ${hop}`, "10.0.0.9:40000"), 1)).toBe("10.0.0.9");
    expect(clientAddress(of(hop, null), 0)).toBe("unknown");
  });
});

describe("addressKey", () => {
  it("counts an IPv6 network as one address, however it is written", () => {
    expect(addressKey("2001:db8:1:2::1")).toBe("2001:db8:1:2::/64");
    expect(addressKey("2001:0DB8:0001:0002:ffff:0:0:9")).toBe("2001:db8:1:2::/64");
    expect(addressKey("2001:db8:1:3::1")).not.toBe(addressKey("2001:db8:1:2::1"));
    expect(addressKey("fe80::1%eth0")).toBe("fe80:0:0:0::/64");
  });

  it("counts an IPv4-mapped address as its IPv4 address", () => {
    expect(addressKey("::ffff:203.0.113.5")).toBe("203.0.113.5");
    expect(addressKey("::FFFF:cb00:7105")).toBe("203.0.113.5");
    expect(addressKey("0:0:0:0:0:ffff:203.0.113.5%eth0")).toBe("203.0.113.5");
    expect(addressKey("203.0.113.5")).toBe("203.0.113.5");
  });

  it("counts loopback and what else lies in the network of zeros each for itself", () => {
    const keys = ["::1", "[::1]:50123", "::1%lo", "::", "::2:1", "::ffff:127.0.0.1"].map(addressKey);
    expect(keys).toEqual(["::1", "::1", "::1", "::", "::2:1", "127.0.0.1"]);
  });

  it("counts no port, bracket or zone, which a client or proxy could vary", () => {
    expect(addressKey("203.0.113.5:50123")).toBe("203.0.113.5");
    expect(addressKey("[2001:db8:1:2::1]:50123")).toBe("2001:db8:1:2::/64");
    expect(addressKey("[2001:db8:1:2::1%25en0]")).toBe("2001:db8:1:2::/64");
    expect(addressKey(" 2001:DB8:1:2::9%eth1 ")).toBe("2001:db8:1:2::/64");
  });

  it("agrees with every way to write an address", () => {
    const groups = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(groups, fc.boolean(), (parts, isUpper) => {
        const short = parts.map((part) => part.toString(16)).join(":");
        const long = parts.map((part) => part.toString(16).padStart(4, "0")).join(":");
        const url = new URL(`http://[${short}]/`).hostname;
        const keys = [short, long, url, isUpper ? long.toUpperCase() : long].map(addressKey);
        expect(new Set(keys).size).toBe(1);
        if (parts.slice(0, 4).some((part) => part !== 0))
          expect(keys[0]).toBe(
            `${parts
              .slice(0, 4)
              .map((part) => part.toString(16))
              .join(":")}::/64`,
          );
      }),
      { examples: [[[0x2001, 0xdb8, 0, 0, 0, 0, 0, 1], true]] },
    );
  });

  it.each([
    "unknown",
    "",
    "1::2::3",
    ":::",
    "2001:db8::g",
    "1:2:3:4:5:6:7:8:9",
    "203.0.113.5, 6.6.6.6",
    "localhost",
  ])("takes %j, which is no address, as it is", (text) => expect(addressKey(text)).toBe(text));

  it("gives a text that is no address one key, however it is spelled", () => {
    expect(addressKey(" Unknown ")).toBe("unknown");
  });

  it("reads no short form of IPv4, which would let two texts share a key", () => {
    expect(addressKey("1.2.3")).toBe("1.2.3");
    expect(addressKey("0x7f.1")).toBe("0x7f.1");
  });
});
