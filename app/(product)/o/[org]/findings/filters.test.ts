import { describe, expect, it } from "vitest";
import { hrefWith, readFilters } from "./filters";

describe("readFilters", () => {
  it("reads what it knows and names what it left out", () => {
    const { filters, ignored } = readFilters({
      q: " acme ",
      obs: "failing",
      sev: "high",
      account: "1 OR 1=1",
      x: "y",
    });
    expect(filters).toMatchObject({ q: "acme", obs: "failing", sev: "HIGH", account: undefined });
    expect(ignored).toEqual(["account=1 OR 1=1"]);
  });

  it("takes the first of repeated parameters", () => {
    expect(readFilters({ obs: ["passing", "failing"] }).filters.obs).toBe("passing");
  });
});

describe("hrefWith", () => {
  it("writes a URL that reads back as the same filters", () => {
    const { filters } = readFilters({ q: "a b&c", obs: "unknown" });
    const url = new URL(hrefWith("/o/acme/findings", filters), "http://localhost");
    expect(readFilters(Object.fromEntries(url.searchParams)).filters).toEqual(filters);
    expect(hrefWith("/o/acme/findings", readFilters({}).filters)).toBe("/o/acme/findings");
  });
});
