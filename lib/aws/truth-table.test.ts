import { expect, it } from "vitest";
import type { CheckDefinition } from "@/lib/checks/check";
import table from "@/lib/checks/cloudtrail/not-multi-region/truth-table.json";
import meta from "@/lib/checks/cloudtrail/not-multi-region/truth-table.meta.json";
import { findCheck } from "@/lib/checks/registry";
import { scenario, type TruthTableCase } from "@/lib/checks/testing/truth-table";
import { startSandbox } from "@/sandbox/server";
import type { CaseSpec } from "@/sandbox/world/world-file";
import { scanAccount } from "./scan-account";
import { CallLimiter } from "./wire/limiter";

const cases = table as unknown as readonly TruthTableCase[];
const check = findCheck(meta.checkId) as CheckDefinition;

/** Without the Region list the collector asks the partition's default Regions, the case only its own. */
const withoutRegionList = (testCase: TruthTableCase) =>
  testCase.errors?.some(({ api }) => api === "ec2:DescribeRegions") ?? false;

const overTheWire = cases.filter((testCase) => !withoutRegionList(testCase));

it("leaves out only the case that cannot be sent over the wire", () => {
  expect(cases.filter(withoutRegionList).map(({ id }) => id)).toEqual(["G12"]);
});

it.each(overTheWire.map((testCase) => [testCase.id, testCase.title, testCase] as const))(
  "%s over the wire: %s",
  async (_id, _title, testCase) => {
    const sandbox = await startSandbox({ world: testCase as unknown as CaseSpec });
    try {
      const { connectionFailure: _, ...context } = scenario(testCase, meta.now).context;
      const { id, partition } = testCase.account;
      const { evaluations, collection } = await scanAccount({
        account: { id, partition },
        role: { arn: `arn:${partition}:iam::${id}:role/PosturioReadOnly`, externalId: "pst_test" },
        sessionName: "posturio-test",
        checks: [check],
        signal: new AbortController().signal,
        endpoint: sandbox.url,
        limiter: new CallLimiter(),
        wire: { maxAttempts: 2 },
        baseCredentials: async () => ({ accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "x" }),
        judging: ({ connectionFailure }) => ({
          context: { ...context, ...(connectionFailure ? { connectionFailure } : {}) },
        }),
      });
      const actual = evaluations[0]?.evaluation;
      const { expected } = testCase;
      const sorted = (regions: readonly string[] | undefined) => [...(regions ?? [])].sort();
      expect({
        verdict: actual?.verdict,
        reason: actual?.reason,
        severity: actual?.severity,
        assurance: actual?.assurance,
        disposition: actual?.disposition,
        coveredRegions: sorted(actual?.coveredRegions),
        partialRegions: sorted(actual?.partialRegions),
        uncoveredRegions: sorted(actual?.uncoveredRegions),
        unknownRegions: sorted(actual?.unknownRegions),
        remediation: actual?.remediation,
        advisories: sorted(actual?.advisories),
      }).toEqual({
        ...expected,
        coveredRegions: sorted(expected.coveredRegions),
        partialRegions: sorted(expected.partialRegions),
        uncoveredRegions: sorted(expected.uncoveredRegions),
        unknownRegions: sorted(expected.unknownRegions),
        advisories: sorted(expected.advisories),
      });
      expect(collection.calls.length).toBeLessThanOrEqual(expected.verdict === "PASS" ? 45 : 60);
    } finally {
      await sandbox.close();
    }
  },
);
