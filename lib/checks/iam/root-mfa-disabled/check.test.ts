import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Partition } from "@/lib/checks/facts/facts";
import type { AccountSummary } from "@/lib/checks/facts/iam";
import { read } from "@/lib/checks/facts/reading";
import { check } from "./check";
import { page } from "./content-page";
import { type RootCase, rootScenario } from "./testing/scenario";
import table from "./truth-table.json";

const cases = table as unknown as readonly RootCase[];

function judged(testCase: RootCase) {
  const { facts, context } = rootScenario(testCase);
  const evaluation = check.evaluate(facts, context);
  const description = check.describe(evaluation, facts, { ...context, accountName: "acme-prod" });
  return { evaluation, description, sentence: description.sentence.map((part) => part.text).join("") };
}

const caseNamed = (id: string) => judged(cases.find((each) => each.id === id) as RootCase);

describe("every word of the check is reached by a case, and has a title", () => {
  it.each([
    ["reasons", ({ evaluation }: ReturnType<typeof judged>) => [evaluation.reason]],
    ["actions", ({ evaluation }: ReturnType<typeof judged>) => [evaluation.remediation.action]],
    ["advisories", ({ evaluation }: ReturnType<typeof judged>) => evaluation.advisories],
  ] as const)("%s", (kind, wordsOf) => {
    const reached = new Set(cases.map(judged).flatMap(wordsOf));
    expect([...reached].sort()).toEqual(Object.keys(check.labels[kind]).sort());
  });
});

describe("the words of every case", () => {
  it.each(cases.map((each) => [each.id, each] as const))("%s", (_id, testCase) => {
    const { evaluation, description, sentence } = judged(testCase);
    expect(sentence).toContain("acme-prod");
    expect(sentence).toMatch(/\.$/);
    expect(sentence).not.toMatch(/[A-Z]_[A-Z]|undefined/);
    expect(description.short).not.toBe("");
    expect(description.change === null).toBe(evaluation.verdict === "PASS");
    expect(description.change?.steps.length ?? 1).toBeGreaterThan(0);
    expect(description.advisories.map(({ code }) => code)).toEqual(evaluation.advisories);
    expect(evaluation.severityReason === null).toBe(evaluation.verdict !== "FAIL");
    const last = evaluation.reason === "ROLE_NOT_ASSUMABLE" ? "No session in the account" : evaluation.reason;
    expect(evaluation.rules.at(-1)?.saw).toBe(last);
    expect(evaluation.regions).toEqual([]);
  });

  it("name the permission that lacks, and no permission for a role that cannot be assumed", () => {
    expect(caseNamed("R12").description.missingPermissions).toEqual(["iam:GetAccountSummary"]);
    expect(caseNamed("R13").description.missingPermissions).toEqual([]);
    expect(caseNamed("R14").description.missingPermissions).toEqual(["iam:GetAccountSummary"]);
    expect(caseNamed("R17").description.missingPermissions).toEqual([]);
    expect(caseNamed("R15").description.missingPermissions).toEqual([]);
  });

  it("show what AWS answered, and what it left out as such", () => {
    const [root] = caseNamed("R20").description.sections;
    expect(root).toMatchObject({
      kind: "facts",
      facts: [
        { value: { text: "Off" } },
        { value: { text: "Not reported by AWS" } },
        { value: { text: "None" } },
        { value: { text: "None" } },
      ],
    });
    expect(caseNamed("R12").description.sections).toEqual([]);
  });
});

describe("the change", () => {
  it("is made by the root user in the console; no command claims to do it", () => {
    const { change } = caseNamed("R03").description;
    expect(change?.command).toBeUndefined();
    expect(change?.defaultTab).toBe("console");
    expect(change?.tabs?.map(({ id }) => id)).toEqual(["console", "organization", "read-back"]);
    const readBack = change?.tabs
      ?.at(-1)
      ?.parts.map(({ text }) => text)
      .join("");
    expect(readBack).toMatch(/^aws iam get-account-summary /);
  });

  it("offers centralized root access where AWS has it", () => {
    expect(caseNamed("R28").description.change?.tabs?.map(({ id }) => id)).toEqual(["console", "read-back"]);
  });
});

const names = [
  "accountMfaEnabled",
  "accountPasswordPresent",
  "accountAccessKeysPresent",
  "accountSigningCertificatesPresent",
] as const;
const flag = fc.constantFrom<(0 | 1 | undefined)[]>(0, 1, undefined);
const summary = fc.record({
  accountMfaEnabled: flag,
  accountPasswordPresent: flag,
  accountAccessKeysPresent: flag,
  accountSigningCertificatesPresent: flag,
});
const partition = fc.constantFrom<Partition[]>("aws", "aws-cn", "aws-us-gov", "aws-eusc");

function verdictOf(members: Readonly<Record<string, 0 | 1 | undefined>>, where: Partition) {
  const known = Object.entries(members).filter(([, value]) => value !== undefined);
  const { context } = rootScenario(cases[0] as RootCase);
  const value = Object.fromEntries(known) as AccountSummary;
  return check.evaluate(
    { "iam.account_summary": read(value) },
    { ...context, account: { id: "1", partition: where } },
  ).verdict;
}

describe("over every summary there can be", () => {
  it("a lacking member is never taken for a value: with it unknown, only what holds for both is said", () => {
    fc.assert(
      fc.property(summary, fc.constantFrom(...names), partition, (given, name, where) => {
        const without = verdictOf({ ...given, [name]: undefined }, where);
        const both = [verdictOf({ ...given, [name]: 0 }, where), verdictOf({ ...given, [name]: 1 }, where)];
        if (without === "PASS" || without === "FAIL") expect(both).toEqual([without, without]);
      }),
    );
  });

  it("MFA never makes it worse, and a further credential never better", () => {
    const rank = { PASS: 0, NOT_EVALUATED: 1, FAIL: 2 } as const;
    fc.assert(
      fc.property(summary, partition, (given, where) => {
        const at = (over: object) => rank[verdictOf({ ...given, ...over }, where)];
        expect(at({ accountMfaEnabled: 1 })).toBe(0);
        expect(at({ accountPasswordPresent: 1 })).toBeGreaterThanOrEqual(at({ accountPasswordPresent: 0 }));
      }),
    );
  });
});

describe("the public page", () => {
  it("shows situations that fail, each with a change", () => {
    for (const { facts, context } of page.situations) {
      const evaluation = check.evaluate(facts, context);
      expect(evaluation).toMatchObject({ verdict: "FAIL", reason: "ROOT_MFA_DISABLED" });
      expect(check.describe(evaluation, facts, context).change?.steps.length).toBeGreaterThan(0);
    }
  });

  it("has unique anchors and a description that fits a search result", () => {
    const ids = [
      ...[...page.operations, ...page.fix, ...page.verification, ...page.situations].map(({ id }) => id),
      ...check.content.faqs.map(({ id }) => id),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(page.description.length).toBeLessThanOrEqual(160);
  });
});
