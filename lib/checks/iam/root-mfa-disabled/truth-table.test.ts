import { describe, expect, it } from "vitest";
import { scanAccount } from "@/lib/aws/scan-account";
import { CallLimiter } from "@/lib/aws/wire/limiter";
import { parseSaved } from "@/lib/offline/saved-answers/parse-saved";
import { savedDocument } from "@/lib/offline/saved-answers/saved-document";
import { startSandbox } from "@/sandbox/server";
import type { CaseSpec } from "@/sandbox/world/world-file";
import { check } from "./check";
import { outcomeOf, type RootCase, rootScenario } from "./testing/scenario";
import table from "./truth-table.json";

const cases = table as unknown as readonly RootCase[];
const named = cases.map((each) => [each.id, each.title, each] as const);

it("there are at least twelve, each with an id of its own", () => {
  expect(cases.length).toBeGreaterThanOrEqual(12);
  expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
});

describe("on the facts", () => {
  it.each(named)("%s %s", (_id, _title, testCase) => {
    const { facts, context } = rootScenario(testCase);
    expect(outcomeOf(check.evaluate(facts, context))).toEqual(testCase.expected);
  });
});

describe("through sandbox and collector", () => {
  it.each(named)("%s %s", async (_id, _title, testCase) => {
    const sandbox = await startSandbox({ world: testCase as unknown as CaseSpec });
    try {
      const { connectionFailure: _, ...context } = rootScenario(testCase).context;
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
        baseCredentials: async () => ({ accessKeyId: "AKIA999999999999SCAN", secretAccessKey: "x" }),
        judging: ({ connectionFailure }) => ({
          context: { ...context, ...(connectionFailure ? { connectionFailure } : {}) },
        }),
      });
      expect(evaluations.map(({ evaluation }) => outcomeOf(evaluation))).toEqual([testCase.expected]);
      const asked = collection.calls.map(({ api }) => api).filter((api) => !api.startsWith("sts:"));
      const hasSession = testCase.expected.reason !== "ROLE_NOT_ASSUMABLE";
      expect(asked).toEqual(hasSession ? ["iam:GetAccountSummary"] : []);
    } finally {
      await sandbox.close();
    }
  });
});

describe("on saved answers", () => {
  const fitting = named.filter(([, , { errors }]) => !errors?.some(({ api }) => api === "sts:AssumeRole"));

  it.each(fitting)("%s %s", (_id, _title, testCase) => {
    const { facts, context } = rootScenario(testCase);
    const parsed = parseSaved(savedDocument(facts, context));
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    expect(outcomeOf(check.evaluate(parsed.facts, parsed.context))).toEqual(testCase.expected);
  });

  it("a file from before this check was never asked, and gives no verdict", () => {
    const { context } = rootScenario(cases[0] as RootCase);
    const parsed = parseSaved(savedDocument({}, context));
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    expect(check.evaluate(parsed.facts, parsed.context)).toMatchObject({
      verdict: "NOT_EVALUATED",
      reason: "ACCOUNT_SUMMARY_UNREADABLE",
      remediation: { action: "RETRY" },
    });
  });

  it("an answer that AWS would not give is reported with its line", () => {
    const { facts, context } = rootScenario(cases[0] as RootCase);
    const text = savedDocument(facts, context).replace('"AccountMFAEnabled":1', '"AccountMFAEnabled":"yes"');
    const parsed = parseSaved(text);
    expect(parsed).toMatchObject({
      ok: false,
      problems: [{ text: expect.stringContaining("AccountMFAEnabled is expected to be a number") }],
    });
  });
});
