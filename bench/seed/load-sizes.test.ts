import { expect, test } from "vitest";
import { fullSize, planOf, sizesOf } from "./load-sizes";

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

test("the full size adds up, and no account has more findings than checks", () => {
  const plan = planOf(sizesOf({}));
  expect(sizesOf({})).toEqual(fullSize);
  expect(plan).toHaveLength(1_000);
  expect(sum(plan.map(({ accounts }) => accounts))).toBe(335_000);
  expect(sum(plan.map(({ findings }) => findings))).toBe(1_000_000);
  expect(sum(plan.map(({ scheduled }) => scheduled))).toBe(10_000);
  expect(plan[0]).toMatchObject({
    slug: "load-0001",
    accounts: 33_334,
    findings: 100_000,
    days: 90,
    before: 0,
  });
  expect(plan[1]).toMatchObject({ accounts: 3_334, findings: 10_000, before: 33_334 });
  expect(plan.filter(({ days }) => days > 0)).toHaveLength(100);
  expect(plan.at(-1)?.before).toBe(335_000 - (plan.at(-1)?.accounts ?? 0));
});

test("a small one keeps the proportions, down to a single organization", () => {
  const plan = planOf(sizesOf({ organizations: 3, accounts: 30 }));
  expect(plan.map(({ accounts, findings }) => [accounts, findings])).toEqual([
    [2, 6],
    [0, 0],
    [28, 83],
  ]);
  expect(planOf(sizesOf({ organizations: 1, accounts: 7, findings: 20 }))).toMatchObject([
    { accounts: 7, findings: 20 },
  ]);
});

test("sizes that cannot be are refused", () => {
  expect(() => sizesOf({ organizations: 3, accounts: 30, findings: 100 })).toThrow(/one of each of 3 checks/);
  expect(() => sizesOf({ accounts: 2.5 })).toThrow("accounts is not a whole number");
});
