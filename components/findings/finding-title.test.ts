import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findingIcon, findingTitle } from "./finding-title";

const finding = {
  observation: "failing",
  short: "12 of 17 not logged",
  accountName: "acme-prod",
  key: "PST-3",
  comebacks: 0,
  assurance: null,
  status: "open",
} as const;

test("a browser's tab says the state first", () => {
  expect(findingTitle(finding)).toBe("◇ 12 of 17 not logged · acme-prod · PST-3");
  expect(findingTitle({ ...finding, comebacks: 1 })).toBe("↻ Back again · acme-prod · PST-3");
  const passing = { ...finding, observation: "passing", short: "17 of 17 logged", comebacks: 1 } as const;
  expect(findingTitle(passing)).toBe("● 17 of 17 logged · acme-prod · PST-3");
  expect(findingTitle({ ...passing, status: "resolved" })).toBe("● Verified · acme-prod · PST-3");
  expect(findingTitle({ ...finding, status: "resolved" })).toBe("◇ 12 of 17 not logged · acme-prod · PST-3");
  expect(findingTitle({ ...finding, observation: "unknown", short: null, key: null })).toBe(
    "◌ No verdict yet · acme-prod",
  );
});

test("its icon is a file that there is, and only a pass that never failed, or was proven, is drawn as sure", () => {
  const passing = { ...finding, observation: "passing", assurance: "VERIFIED" } as const;
  const icons = [
    findingIcon(finding),
    findingIcon({ ...finding, observation: "unknown" }),
    findingIcon(passing),
    findingIcon({ ...passing, key: null }),
    findingIcon({ ...passing, key: null, assurance: "INFERRED" }),
    findingIcon({ ...passing, status: "resolved" }),
  ];
  expect(icons).toEqual(
    ["failing", "unknown", "unproven", "passing", "unproven", "passing"].map((name) => `/state/${name}.svg`),
  );
  for (const icon of icons) expect(existsSync(join("public", icon)), icon).toBe(true);
});
