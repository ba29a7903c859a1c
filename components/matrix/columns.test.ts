import { expect, test } from "vitest";
import type { MatrixRow, RegionDetail } from "@/lib/findings/check-matrix-view";
import { blindByRegion, blindText, columnsOf } from "./columns";

function row(regions: Readonly<Record<string, RegionDetail>>, of: Partial<MatrixRow> = {}): MatrixRow {
  return {
    findingId: "id",
    findingKey: "PST-1",
    accountName: "acme",
    awsAccountId: "111122223333",
    environment: "production",
    observation: "failing",
    isInferred: false,
    severity: "HIGH",
    counts: null,
    cause: null,
    regions: Object.entries(regions).map(([name, detail]) => ({ name, detail })),
    ...of,
  };
}

const rows = [
  row({ "us-east-1": "not_logged", "eu-west-1": "logged", "me-south-1": "not_enabled" }),
  row({ "us-east-1": "delivery_failing", "eu-west-1": "could_not_read", "me-south-1": "not_enabled" }),
];

test("Regions that no account has enabled fold, and are there when asked for", () => {
  const names = (withAll: boolean) =>
    columnsOf(rows, withAll).groups.map(({ geography, regions }) => [
      geography,
      regions.map(({ name }) => name),
    ]);
  expect(names(false)).toEqual([
    ["Americas", ["us-east-1"]],
    ["Europe", ["eu-west-1"]],
  ]);
  expect(names(true).flat(2)).toContain("me-south-1");
  expect(columnsOf(rows, false).enabledNowhere).toBe(1);
});

test("a Region is blind where its state is known and bad", () => {
  expect([...blindByRegion(rows)]).toEqual([["us-east-1", 2]]);
});

test("the account as a whole is said in words, and unknown is not said as logged", () => {
  const counts = { covered: 12, partial: 1, uncovered: 4, unread: 0 };
  expect(blindText(row({}, { counts }))).toEqual({ text: "5 of 17", tone: "blind" });
  expect(blindText(row({}, { counts: { ...counts, uncovered: 0 } }))).toEqual({
    text: "1 in part",
    tone: "wait",
  });
  expect(blindText(row({}, { counts, observation: "unknown" }))).toEqual({ text: "Unknown" });
  const whole = { covered: 17, partial: 0, uncovered: 0, unread: 0 };
  expect(blindText(row({}, { counts: whole, observation: "passing" }))).toEqual({ text: "All 17" });
  expect(blindText(row({}, { counts: whole, observation: "passing", isInferred: true }))).toEqual({
    text: "Inferred",
  });
  expect(blindText(row({}, { counts: null }))).toEqual({ text: "Failing", tone: "blind" });
});
