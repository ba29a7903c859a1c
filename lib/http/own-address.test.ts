import { describe, expect, it } from "vitest";
import { isOwnHost, isOwnOrigin } from "./own-address";

const app = "https://posturio.example";
const demo = "http://localhost:3000";

describe("isOwnHost", () => {
  it.each([
    ["posturio.example", app, true],
    ["POSTURIO.example", app, true],
    ["posturio.example:443", app, true],
    ["posturio.example:80", app, false],
    ["evil.example", app, false],
    ["posturio.example.evil.example", app, false],
    ["a.posturio.example", app, false],
    ["posturio.example.", app, false],
    ["127.0.0.1:3000", app, false],
    ["localhost", app, false],
    ["localhost:3000", app, false],
    ["evil.example@posturio.example", app, false],
    ["posturio.example/evil", app, false],
    ["posturio.example evil", app, false],
    ["posturio.example:99999", app, false],
    ["999.999.999.999", app, false],
    ["", app, false],
    [null, app, false],
    ["localhost:3000", demo, true],
    ["127.0.0.1:3000", demo, true],
    ["[::1]:3000", demo, true],
    ["localhost:3001", demo, false],
    ["localhost", demo, false],
    ["127.0.0.2:3000", demo, false],
    ["rebound.example:3000", demo, false],
  ] as const)("%s at %s: %s", (host, url, expected) => {
    expect(isOwnHost(host, url)).toBe(expected);
  });
});

describe("isOwnOrigin", () => {
  it.each([
    [app, app, true],
    ["null", app, false],
    ["", app, false],
    ["https://posturio.exam", app, false],
    ["http://posturio.example", app, false],
    ["https://posturio.example:8443", app, false],
    ["https://evil.example", app, false],
    ["http://127.0.0.1:3000", app, false],
    ["http://localhost:3000", app, false],
    ["http://localhost:3000", demo, true],
    ["http://127.0.0.1:3000", demo, true],
    ["http://127.0.0.1:3001", demo, false],
    ["https://localhost:3000", demo, false],
    ["https://127.0.0.1:3000", "https://localhost:3000", true],
    ["http://evil.example:3000", demo, false],
  ] as const)("%s at %s: %s", (origin, url, expected) => {
    expect(isOwnOrigin(origin, url)).toBe(expected);
  });
});
