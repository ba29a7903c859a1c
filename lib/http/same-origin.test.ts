import { describe, expect, it } from "vitest";
import { isSameOrigin, requireSameOrigin } from "./same-origin";

const app = "https://posturio.example";

describe("isSameOrigin", () => {
  it.each([
    ["our origin", { origin: app }, true],
    ["our origin, said by the browser", { "sec-fetch-site": "same-origin" }, true],
    ["no Origin at all", {}, false],
    ["another site", { origin: "https://evil.example" }, false],
    [
      "another site, honest browser",
      { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
      false,
    ],
    [
      "another site, same-origin for its browser",
      { origin: "https://evil.example", "sec-fetch-site": "same-origin" },
      false,
    ],
    ["Origin null", { origin: "null" }, false],
    ["Origin null, same-origin for its browser", { origin: "null", "sec-fetch-site": "same-origin" }, false],
    ["another port", { origin: "https://posturio.example:8443" }, false],
    ["another scheme", { origin: "http://posturio.example" }, false],
    ["a sibling subdomain", { origin: "https://a.posturio.example", "sec-fetch-site": "same-site" }, false],
    ["our origin as a prefix", { origin: "https://posturio.example.evil.example" }, false],
    ["typed into the address bar", { "sec-fetch-site": "none" }, false],
  ] as const)("%s → %s", (_, headers, expected) => {
    const given = new Headers(headers as Record<string, string>);
    expect(isSameOrigin(given, app)).toBe(expected);
    const required = expect(() => requireSameOrigin(given, app));
    if (expected) required.not.toThrow();
    else required.toThrow(expect.objectContaining({ code: "foreign_origin" }));
  });
});
