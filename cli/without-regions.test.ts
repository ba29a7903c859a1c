import { XMLValidator } from "fast-xml-parser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checks } from "@/lib/checks/registry";
import { type Sandbox, startSandbox } from "@/sandbox/server";
import { run, setAwsEnvironment } from "./testing/run";

const account = "444455556666";
const environment = { ...process.env };
const summary = {
  AccountMFAEnabled: 0,
  AccountPasswordPresent: 1,
  AccountAccessKeysPresent: 1,
  AccountSigningCertificatesPresent: 0,
};
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ world: { account: { id: account }, accountSummary: summary } });
  setAwsEnvironment({
    AWS_ENDPOINT_URL: sandbox.url,
    AWS_ACCESS_KEY_ID: `AKIA${account}TEST`,
    AWS_SECRET_ACCESS_KEY: "any",
  });
});

afterAll(async () => {
  process.env = environment;
  await sandbox?.close();
});

const check = (format: string) => run(["check", "iam.root_mfa_disabled", "--format", format, "--explain"]);

describe("a check that tells no Regions", () => {
  it("is one: the registry has such a check, and it lists none", () => {
    expect(checks.find(({ id }) => id === "iam.root_mfa_disabled")?.hasRegionVerdicts).toBe(false);
  });

  it("prints text without a table of Regions", async () => {
    const { code, out, err } = await check("text");
    expect([code, err]).toEqual([1, ""]);
    expect(out).toMatch(/^FAIL {2}iam\.root_mfa_disabled {2}account 444455556666 \(aws\)\n/);
    expect(out).toContain("Multi-factor authentication  Off");
    expect(out).toContain("Fix: Enable MFA for the root user");
    expect(out).toContain("(ROOT_ACCESS_KEYS_PRESENT)");
    expect(out).not.toMatch(/Region {2}|undefined/);
  });

  it("prints the members of the JSON contract, with empty Region lists and two calls", async () => {
    const { code, out } = await check("json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      checkId: "iam.root_mfa_disabled",
      verdict: "FAIL",
      reason: "ROOT_MFA_DISABLED",
      severity: "HIGH",
      assurance: null,
      coveredRegions: [],
      partialRegions: [],
      uncoveredRegions: [],
      unknownRegions: [],
      remediation: { action: "ENABLE_ROOT_MFA", account },
      advisories: ["ROOT_ACCESS_KEYS_PRESENT"],
    });
    expect(Object.keys(JSON.parse(out).remediation)).toEqual(["action", "account"]);
  });

  it("prints Markdown with what was seen as its only table", async () => {
    const { out } = await check("markdown");
    expect(out).toContain("## FAIL: The root user has no MFA");
    expect(out).toContain("| Root user |  |\n|---|---|\n| Multi-factor authentication | Off |");
    expect(out).not.toContain("| Region |");
  });

  it("prints well-formed JUnit and SARIF that names the service", async () => {
    const { out: xml } = await check("junit");
    expect(XMLValidator.validate(xml)).toBe(true);
    expect(xml).toContain('type="ROOT_MFA_DISABLED"');
    const sarif = JSON.parse((await check("sarif")).out);
    expect(sarif.runs[0].results[0]).toMatchObject({
      ruleId: "iam.root_mfa_disabled",
      kind: "fail",
      level: "error",
    });
    expect(sarif.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe(
      `aws/${account}/iam`,
    );
  });

  it("can be tried on saved answers", async () => {
    const answers = [
      {
        call: "sts:GetCallerIdentity",
        answer: { Account: account, Arn: `arn:aws:iam::${account}:user/someone` },
      },
      { call: "iam:GetAccountSummary", answer: { SummaryMap: { ...summary, AccountMFAEnabled: 1 } } },
    ];
    const file = JSON.stringify({
      format: "posturio-aws-answers-1",
      takenAt: "2026-11-22T12:00:00Z",
      answers,
      complete: true,
    });
    const { code, out } = await run(["try", "answers.json", "--check", "iam.root_mfa_disabled", "--json"], {
      files: { "answers.json": file },
    });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      verdict: "PASS",
      reason: "ROOT_MFA_ENABLED",
      accountId: account,
    });
  });
});
