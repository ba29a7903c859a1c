import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { withEnvironmentTable } from "./environment-table";

test("the table of settings in docs/operations.md is the one lib/env.ts gives (npm run docs:env writes it)", () => {
  const document = readFileSync("docs/operations.md", "utf8");
  expect(document).toBe(withEnvironmentTable(document));
});
