import { expect, test } from "vitest";
import { evaluate } from "@/lib/checks/cloudtrail/not-multi-region/evaluate";
import table from "@/lib/checks/cloudtrail/not-multi-region/truth-table.json";
import meta from "@/lib/checks/cloudtrail/not-multi-region/truth-table.meta.json";
import { scenario, type TruthTableCase } from "@/lib/checks/testing/truth-table";
import { failsSilently } from "./silent";

const failing = (table as unknown as readonly TruthTableCase[]).flatMap((testCase) => {
  const { facts, context } = scenario(testCase, meta.now);
  const evaluation = evaluate(facts, context);
  return evaluation.verdict === "FAIL" ? [{ id: testCase.id, evaluation }] : [];
});

test("is what fails though its trail says that it logs: delivery that is refused, silent or never was", () => {
  // Delivery failing, a Region's delivery failing, never delivered, stale, a Region that went quiet.
  expect(failing.filter(({ evaluation }) => failsSilently(evaluation)).map(({ id }) => id)).toEqual([
    "C05",
    "C08",
    "C10",
    "C20",
    "C21",
  ]);
});

test("is also one Region's failing delivery beside Regions without a trail", () => {
  const single = failing.find(({ id }) => id === "B02")?.evaluation;
  if (!single) throw new Error("The case of single-Region trails is not there.");
  const regions = single.regions.map((region, index) =>
    index === 0 ? { ...region, detail: "delivery_failing" as const } : region,
  );
  expect(failsSilently(single)).toBe(false);
  expect(failsSilently({ ...single, regions })).toBe(true);
});
