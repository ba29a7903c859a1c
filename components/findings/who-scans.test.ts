import { expect, it } from "vitest";
import { whoScans } from "./who-scans";

it("names whom to ask for a scan, and at most three of them", () => {
  expect(whoScans("failing", ["Ada"])).toBe("Members, leads and admins can scan this account. Ask Ada.");
  expect(whoScans("unknown", ["Ada", "Ben"])).toContain("Ask Ada or Ben.");
  expect(whoScans("passing", ["Ada", "Ben", "Cleo", "Dora"])).toBe(
    "Leads and admins can scan a finding that passes. Ask Ada, Ben, Cleo or another of them.",
  );
  expect(whoScans("failing", [])).toBe("Members, leads and admins can scan this account.");
});
