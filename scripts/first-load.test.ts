import { expect, test } from "vitest";
import { budgetOf, scriptsOf } from "./first-load.mjs";

test("scripts of old browsers and inline scripts are not counted, and none is counted twice", () => {
  const html = `<script src="/_next/a.js" async=""></script><script>x</script><script src="/_next/a.js?dpl=1"></script>
    <script src="/_next/old.js" noModule=""></script><script nomodule src="/_next/older.js"></script>`;
  expect(scriptsOf(html)).toEqual(["/_next/a.js"]);
});

test("every public page has a budget", () => {
  for (const route of ["/", "/checks", "/checks/cloudtrail-not-multi-region"])
    expect(budgetOf(route)).toBe(125);
  expect(budgetOf("/checks/cloudtrail-not-multi-region/try")).toBeGreaterThan(125);
  expect(budgetOf("/_not-found")).toBeUndefined();
});
