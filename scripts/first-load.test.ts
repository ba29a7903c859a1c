import { expect, test } from "vitest";
import { budgetOf, overBudget, scriptsOf } from "./first-load.mjs";

test("scripts of old browsers and inline scripts are not counted, and none is counted twice", () => {
  const html = `<script src="/_next/a.js" async=""></script><script>x</script><script src="/_next/a.js?dpl=1"></script>
    <script src="/_next/old.js" noModule=""></script><script nomodule src="/_next/older.js"></script>`;
  expect(scriptsOf(html)).toEqual(["/_next/a.js"]);
});

test("every public page has a budget of scripts and of HTML", () => {
  for (const route of ["/", "/checks", "/checks/cloudtrail-not-multi-region"])
    expect(budgetOf(route)).toEqual({ scripts: 125, html: 25 });
  expect(budgetOf("/checks/cloudtrail-not-multi-region/try")).toEqual({ scripts: 190, html: 25 });
  expect(budgetOf("/_not-found")).toBeUndefined();
});

test("a page is over its budget when one part is", () => {
  const budget = { scripts: 125, html: 25 };
  expect(overBudget({ scripts: 125, html: 25 }, budget)).toEqual([]);
  expect(overBudget({ scripts: 120, html: 25.1 }, budget)).toEqual(["html"]);
  expect(overBudget({ scripts: 130, html: 26 }, budget)).toEqual(["scripts", "html"]);
});
