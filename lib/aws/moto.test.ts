import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  CloudTrailClient,
  CreateTrailCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
} from "@aws-sdk/client-cloudtrail";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CheckDefinition } from "@/lib/checks/check";
import { defaultRegions } from "@/lib/checks/regions";
import { findCheck } from "@/lib/checks/registry";
import { scanAccount } from "./scan-account";
import { CallLimiter } from "./wire/limiter";

const root = resolve(import.meta.dirname, "../..");
const executable = [process.env["POSTURIO_MOTO"], resolve(root, ".posturio/moto/bin/moto_server")].find(
  (path) => path !== undefined && existsSync(path),
);

const account = "123456789012";
const identity = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "any" };
const check = findCheck("cloudtrail.not_multi_region") as CheckDefinition;

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}

if (executable === undefined) {
  process.stderr.write(
    "MOTO NOT TESTED: set POSTURIO_MOTO to its moto_server, or install it into .posturio/moto\n",
  );
  it("moto is not installed, so the collector was not tried with it", () => {
    expect(executable).toBeUndefined();
  });
} else {
  describe("the collector against moto, an imitation of AWS that is not ours", { timeout: 60_000 }, () => {
    let moto: ChildProcess;
    let url = "";

    beforeAll(async () => {
      const port = await freePort();
      url = `http://127.0.0.1:${port}`;
      moto = spawn(executable, ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
      for (let tries = 0; ; tries++) {
        const answer = await fetch(`${url}/moto-api/`).catch(() => null);
        if (answer?.ok) break;
        if (tries > 300 || moto.exitCode !== null) throw new Error("moto_server did not start");
        await sleep(100);
      }
      const scope = `${identity.accessKeyId}/20260101/us-east-1/s3/aws4_request`;
      const created = await fetch(`${url}/logs`, {
        method: "PUT",
        headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=x` },
      });
      expect(created.status).toBe(200);
    }, 60_000);

    afterAll(() => {
      moto?.kill("SIGKILL");
    });

    const cloudTrail = (region = "us-east-1") =>
      new CloudTrailClient({ region, endpoint: url, credentials: identity });

    async function scan() {
      const { evaluations, collection } = await scanAccount({
        account: { id: account, partition: "aws" },
        role: { arn: `arn:aws:iam::${account}:role/PosturioReadOnly`, externalId: "pst_test" },
        sessionName: "posturio-test",
        checks: [check],
        signal: new AbortController().signal,
        endpoint: url,
        limiter: new CallLimiter(),
        wire: { maxAttempts: 1, requestTimeoutMs: 30_000 },
        baseCredentials: async () => identity,
        judging: ({ connectionFailure }) => ({
          context: {
            now: new Date().toISOString(),
            account: { id: account, partition: "aws" },
            ...(connectionFailure ? { connectionFailure } : {}),
            defaultRegions: defaultRegions("aws"),
            sightings: {},
            acceptances: [],
          },
        }),
      });
      const [first] = evaluations;
      if (first === undefined) throw new Error("nothing was evaluated");
      return { evaluation: first.evaluation, collection };
    }

    it("finds no trail, and survives HTML with status 500 for what moto does not know", async () => {
      const { evaluation, collection } = await scan();
      expect(collection.connectionFailure).toBeUndefined();
      expect(evaluation).toMatchObject({ verdict: "FAIL", reason: "NO_TRAIL" });
      const stores = collection.calls.filter(({ api }) => api === "cloudtrail:ListEventDataStores");
      expect(stores.length).toBeGreaterThan(0);
      expect(stores.map(({ outcome }) => outcome)).toEqual(stores.map(() => "server_error"));
      expect(evaluation.advisories).toContain("LAKE_NOT_CHECKED");
    });

    it("follows a trail from single-Region over multi-Region to stopped and started again", async () => {
      await cloudTrail().send(new CreateTrailCommand({ Name: "main", S3BucketName: "logs" }));
      await cloudTrail().send(new StartLoggingCommand({ Name: "main" }));
      const single = await scan();
      expect(single.evaluation).toMatchObject({
        verdict: "FAIL",
        reason: "SINGLE_REGION_ONLY",
        remediation: { action: "CONVERT_TRAIL", account, region: "us-east-1", trail: "main" },
      });
      expect(single.evaluation.uncoveredRegions).not.toContain("us-east-1");

      await cloudTrail().send(new UpdateTrailCommand({ Name: "main", IsMultiRegionTrail: true }));
      const multi = await scan();
      expect(multi.evaluation).toMatchObject({ verdict: "PASS", uncoveredRegions: [], unknownRegions: [] });
      expect(multi.evaluation.coveredRegions.length).toBe(
        multi.collection.facts.regions?.ok
          ? multi.collection.facts.regions.value.filter((r) => r.optInStatus !== "not-opted-in").length
          : 0,
      );

      await cloudTrail().send(new StopLoggingCommand({ Name: "main" }));
      expect((await scan()).evaluation).toMatchObject({
        verdict: "FAIL",
        reason: "MULTI_REGION_LOGGING_STOPPED",
        remediation: { action: "START_LOGGING" },
      });

      await cloudTrail().send(new StartLoggingCommand({ Name: "main" }));
      expect((await scan()).evaluation.verdict).toBe("PASS");
    });

    it("reads event selectors, basic and advanced", async () => {
      await cloudTrail().send(
        new PutEventSelectorsCommand({
          TrailName: "main",
          EventSelectors: [{ ReadWriteType: "WriteOnly", IncludeManagementEvents: true, DataResources: [] }],
        }),
      );
      expect((await scan()).evaluation).toMatchObject({ verdict: "FAIL", reason: "MULTI_REGION_WRITE_ONLY" });

      await cloudTrail().send(
        new PutEventSelectorsCommand({
          TrailName: "main",
          AdvancedEventSelectors: [{ FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }] }],
        }),
      );
      expect((await scan()).evaluation.verdict).toBe("PASS");
    });
  });
}
