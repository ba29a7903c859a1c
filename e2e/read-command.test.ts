import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findCheck } from "@/lib/checks/registry";
import { ownAccount, status } from "@/lib/checks/testing/cases";
import { parseSaved } from "@/lib/offline/saved-answers/parse-saved";
import { readCommand } from "@/lib/offline/saved-answers/read-command";
import { type Sandbox, startSandbox } from "@/sandbox/server";
import { awsExecutable } from "@/sandbox/testing/aws-cli";

const executable = awsExecutable();

/** One trail with quotes in its delivery error, one Region that refuses, one that is off. */
const world = {
  account: { id: ownAccount, partition: "aws", orgRole: "STANDALONE" },
  regions: [
    { name: "us-east-1", optInStatus: "opt-in-not-required" },
    { name: "eu-west-1", optInStatus: "opt-in-not-required" },
    { name: "ap-southeast-1", optInStatus: "opt-in-not-required" },
    { name: "eu-south-2", optInStatus: "not-opted-in" },
  ],
  trails: [
    {
      name: "main",
      homeRegion: "us-east-1",
      ownerAccount: ownAccount,
      isMultiRegion: true,
      isOrganization: false,
      existsInRegions: ["us-east-1", "eu-west-1", "ap-southeast-1"],
      status: status.ok,
    },
  ],
  errors: [
    {
      api: "cloudtrail:DescribeTrails",
      region: "ap-southeast-1",
      code: "AccessDeniedException",
      message: 'User "x" is not authorized with an explicit deny in a service control policy (C:\\tmp)',
    },
  ],
};

if (executable === undefined) {
  console.warn(
    "THE READ COMMAND WAS NOT TRIED: set POSTURIO_AWS_CLI or install the AWS CLI into .posturio/aws-cli",
  );
  test("without the AWS CLI the read command is not tried", () => expect(executable).toBeUndefined());
} else {
  describe("the printed command, run by bash and the AWS CLI", { timeout: 240_000 }, () => {
    let sandbox: Sandbox;
    let folder = "";
    beforeAll(async () => {
      sandbox = await startSandbox({ world: { now: "2026-11-22T12:00:00Z", accounts: [world] } });
      folder = mkdtempSync(join(tmpdir(), "posturio-read-"));
    });
    afterAll(async () => {
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    });

    function run(): Promise<string> {
      const env = {
        NODE_ENV: "test" as const,
        PATH: `${dirname(executable ?? "")}:${process.env.PATH ?? ""}`,
        HOME: folder,
        TMPDIR: folder,
        AWS_ENDPOINT_URL: sandbox.url,
        AWS_ACCESS_KEY_ID: `AKIA${ownAccount}TEST`,
        AWS_SECRET_ACCESS_KEY: "secret",
        AWS_DEFAULT_REGION: "us-east-1",
        AWS_EC2_METADATA_DISABLED: "true",
      };
      return new Promise((resolve, reject) => {
        execFile("bash", ["-c", readCommand], { cwd: folder, env, timeout: 200_000 }, (error, stdout) =>
          error ? reject(error) : resolve(stdout),
        );
      });
    }

    test("prints a file that gives the verdict of a scan, refusals included", async () => {
      const parsed = parseSaved(await run());
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      expect(parsed.facts.regions).toMatchObject({ ok: true });
      expect(Object.keys(parsed.facts["cloudtrail.trails"] ?? {})).not.toContain("eu-south-2");
      expect(parsed.facts["cloudtrail.trails"]?.["ap-southeast-1"]).toMatchObject({
        ok: false,
        failure: { kind: "denied_by_scp", code: "AccessDeniedException" },
      });
      // The sandbox's clock is the world's; the command's is the present.
      const context = { ...parsed.context, now: "2026-11-22T12:00:00Z" };
      const verdict = findCheck("cloudtrail.not_multi_region")?.evaluate(parsed.facts, context);
      expect(verdict).toMatchObject({
        verdict: "PASS",
        assurance: "INFERRED",
        coveredRegions: ["us-east-1", "eu-west-1"],
        unknownRegions: ["ap-southeast-1"],
      });
    });
  });
}
