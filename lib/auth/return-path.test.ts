import { describe, expect, it } from "vitest";
import { safeReturnPath } from "./return-path";

describe("safeReturnPath", () => {
  it.each(["/", "/welcome", "/o/acme/findings", "/o/acme/findings/PST-142?tab=cli&x=1", "/invite/Ab_-9"])(
    "keeps %s",
    (path) => expect(safeReturnPath(path)).toBe(path),
  );

  it.each([
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/%2fevil.example",
    "/%2F%2Fevil.example",
    "/%5cevil.example",
    "/a/%0d%0aset-cookie",
    "javascript:alert(1)",
    "https:evil.example",
    "https://evil.example/o/acme",
    "/\tevil",
    "/\n/evil.example",
    "\t//evil.example",
    "/@evil.example",
    "/x@evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "evil.example",
    "",
    "data:text/html,x",
    `/${"a".repeat(600)}`,
  ])("falls back for %j", (path) => expect(safeReturnPath(path, "/home")).toBe("/home"));

  it("falls back when there is none", () => {
    expect(safeReturnPath(null)).toBe("/welcome");
    expect(safeReturnPath(undefined)).toBe("/welcome");
  });
});
