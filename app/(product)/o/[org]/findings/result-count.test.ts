import { expect, test } from "vitest";
import { resultCount } from "./result-count";

test("says what the rows are, and how accounts and checks make up their number", () => {
  expect(resultCount({ results: 42, accounts: 14, checks: 3 })).toBe("42 results: 14 accounts × 3 checks.");
  expect(resultCount({ results: 3, accounts: 1, checks: 3 })).toBe("3 results: 1 account × 3 checks.");
});

test("claims no product while an account has no result yet, nor of a filtered list", () => {
  expect(resultCount({ results: 39, accounts: 14, checks: 3 })).toBe(
    "39 results from 14 accounts and 3 checks.",
  );
  expect(resultCount({ results: 1, accounts: 1, checks: 3 })).toBe("1 result from 1 account and 3 checks.");
  expect(resultCount({ results: null, accounts: 14, checks: 3 })).toBe("14 accounts × 3 checks, filtered.");
});
