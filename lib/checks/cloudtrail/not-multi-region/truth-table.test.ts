import { describe, expect, it } from "vitest";
import { scenario, type TruthTableCase } from "@/lib/checks/testing/truth-table";
import { evaluate } from "./evaluate";
import table from "./truth-table.json";
import meta from "./truth-table.meta.json";

const cases = table as unknown as readonly TruthTableCase[];

describe("the worked cases", () => {
  it("are all here", () => {
    expect(cases).toHaveLength(meta.cases);
  });

  it.each(cases.map((c) => [c.id, c.title, c] as const))("%s %s", (_id, _title, testCase) => {
    const { facts, context } = scenario(testCase, meta.now);
    const { expected } = testCase;
    const actual = evaluate(facts, context);
    expect({
      verdict: actual.verdict,
      reason: actual.reason,
      severity: actual.severity,
      assurance: actual.assurance,
      disposition: actual.disposition,
      coveredRegions: [...actual.coveredRegions].sort(),
      partialRegions: [...actual.partialRegions].sort(),
      uncoveredRegions: [...actual.uncoveredRegions].sort(),
      unknownRegions: [...actual.unknownRegions].sort(),
      remediation: actual.remediation,
      advisories: [...actual.advisories].sort(),
    }).toEqual({
      ...expected,
      coveredRegions: [...expected.coveredRegions].sort(),
      partialRegions: [...expected.partialRegions].sort(),
      uncoveredRegions: [...expected.uncoveredRegions].sort(),
      unknownRegions: [...expected.unknownRegions].sort(),
      advisories: [...expected.advisories].sort(),
    });
  });
});
