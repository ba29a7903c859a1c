import { afterEach, describe, expect, test } from "vitest";
import type { RelatedFacts } from "@/lib/checks/facts/related-facts";
import { managementAccount, ownAccount, selectors, status } from "@/lib/checks/testing/cases";
import type { CaseSpec, TrailSpec } from "@/sandbox/world/world-file";
import { Customer, changeOf, executable, type Scanned, tab } from "./remediation/customer";

const regions = [
  { name: "us-east-1", optInStatus: "opt-in-not-required" },
  { name: "us-west-2", optInStatus: "opt-in-not-required" },
  { name: "eu-west-1", optInStatus: "opt-in-not-required" },
  { name: "eu-south-2", optInStatus: "not-opted-in" },
];
const enabled = ["us-east-1", "us-west-2", "eu-west-1"];
const now = "2026-11-22T12:00:00Z";
const bucket = "acme-logs";

function single(region: string, over: Partial<TrailSpec> = {}): TrailSpec {
  return {
    name: `t-${region}`,
    homeRegion: region,
    isMultiRegion: false,
    s3BucketName: bucket,
    status: status.ok,
    ...over,
  };
}

function multi(over: Partial<TrailSpec> = {}): TrailSpec {
  return { ...single("us-east-1", { name: "main" }), isMultiRegion: true, ...over };
}

function account(trails: readonly TrailSpec[], over: Partial<CaseSpec> = {}): CaseSpec {
  return {
    account: { id: ownAccount, partition: "aws", orgRole: "STANDALONE" },
    regions,
    trails,
    activeRegions: enabled,
    ...over,
  };
}

/** A member and its management account, which owns the given organization trail. */
function organization(trail: TrailSpec, over: Partial<CaseSpec> = {}): readonly CaseSpec[] {
  const ids = { organizationId: "o-acme4u8n2k", managementAccountId: managementAccount };
  const management = { id: managementAccount, partition: "aws", orgRole: "MANAGEMENT", ...ids };
  const everywhere = regions.map(({ name }) => ({ name, optInStatus: "opted-in" }));
  return [
    { account: management, regions: everywhere, trails: [trail], activeRegions: enabled },
    {
      account: { id: ownAccount, partition: "aws", orgRole: "MEMBER", ...ids },
      regions,
      activeRegions: enabled,
      ...over,
    },
  ];
}

const organizationTrail = (over: Partial<TrailSpec> = {}) =>
  multi({ name: "org-trail", isOrganization: true, ownerAccount: managementAccount, ...over });

function stepsOf({ description }: Scanned) {
  return description.cleanup?.steps ?? [];
}

if (executable === undefined) {
  console.warn(
    "SUGGESTED COMMANDS NOT TESTED: set POSTURIO_AWS_CLI or install the AWS CLI into .posturio/aws-cli",
  );
  test("the AWS CLI is not installed, so no suggested command was run", () => {
    expect(executable).toBeUndefined();
  });
} else {
  describe("the suggested commands, run by the AWS CLI unchanged", { timeout: 240_000 }, () => {
    let customer: Customer | undefined;

    afterEach(async () => {
      await customer?.close();
      customer = undefined;
    });

    async function start(...accounts: readonly CaseSpec[]): Promise<Customer> {
      customer = await Customer.of({ now, accounts });
      return customer;
    }

    /** Scan, run the command, wait for deliveries, scan again. */
    async function repair(owner: string, ...accounts: readonly CaseSpec[]) {
      const acme = await start(...accounts);
      const before = await acme.scan(ownAccount);
      const change = changeOf(before);
      expect(change.permissions?.account).toBe(owner);
      const printed = await acme.run(owner, change.command ?? []);
      acme.wait();
      // A trail that was silent has only our own calls to deliver: the first scan makes them.
      await acme.scan(ownAccount);
      acme.wait("10m");
      return { acme, before, change, printed, after: await acme.scan(ownAccount) };
    }

    test.each([
      ["a healthy trail", single("eu-west-1")],
      ["a stopped trail", single("us-east-1", { status: status.stopped })],
      ["a write-only trail", single("us-east-1", selectors.writeOnly)],
      ["a data-only trail, keeping its data events", single("us-east-1", selectors.dataOnly)],
    ])("CONVERT_TRAIL: %s", async (_, trail) => {
      const { before, after, acme, change } = await repair(ownAccount, account([trail]));
      expect(before.evaluation.remediation.action).toBe("CONVERT_TRAIL");
      expect(after.evaluation).toMatchObject({ verdict: "PASS", uncoveredRegions: [] });
      await acme.run(ownAccount, change.rollback?.parts ?? []);
      expect((await acme.scan(ownAccount)).evaluation.verdict).toBe("FAIL");
    });

    test("CONVERT_TRAIL: the passing finding retires the other trails one at a time, and every Region stays covered", async () => {
      const trails = enabled.map((region) => single(region));
      const { acme, after } = await repair(ownAccount, account(trails));
      expect(after.evaluation).toMatchObject({ verdict: "PASS" });
      expect(after.evaluation.advisories).toContain("DUPLICATE_MANAGEMENT_COPY");
      const titles: string[] = [];
      let last = after;
      for (let [step] = stepsOf(last); step; [step] = stepsOf(last)) {
        titles.push(step.title);
        expect(titles.length).toBeLessThan(20);
        await acme.run(ownAccount, step.command);
        last = await acme.scan(ownAccount);
        expect(last.evaluation).toMatchObject({ verdict: "PASS", assurance: "VERIFIED" });
      }
      // Each is stopped, seen to be missed by nothing, and deleted before the next one is touched.
      expect(titles).toHaveLength(2 * (trails.length - 1));
      expect(titles.map((title) => title.split(" ")[0])).toEqual(
        titles.map((_, index) => (index % 2 === 0 ? "Stop" : "Delete")),
      );
      expect(last.evaluation.advisories).toEqual([]);
      expect(last.description.sections).toMatchObject([{ id: "trails", count: "1 trail" }]);
    });

    test("retiring a trail is undone, stopped or deleted", async () => {
      const trails = enabled.map((region) => single(region));
      const { acme, after } = await repair(ownAccount, account(trails));
      let last = after;
      for (const verb of ["Stop", "Delete"]) {
        const [step] = stepsOf(last);
        expect(step?.title).toContain(verb);
        await acme.run(ownAccount, step?.command ?? []);
        await acme.run(ownAccount, step?.undo.parts ?? []);
        acme.wait("10m");
        const undone = await acme.scan(ownAccount);
        expect(undone.description.sections).toMatchObject([{ count: `${trails.length} trails` }]);
        expect(stepsOf(undone)).toHaveLength(trails.length - 1);
        const [again] = stepsOf(undone);
        await acme.run(ownAccount, again?.command ?? []);
        last = await acme.scan(ownAccount);
      }
    });

    test("CREATE_MULTI_REGION_TRAIL: bucket, policy, trail and start", async () => {
      const { before, after, acme, change } = await repair(ownAccount, account([]));
      expect(before.evaluation.remediation.action).toBe("CREATE_MULTI_REGION_TRAIL");
      expect(after.evaluation).toMatchObject({ verdict: "PASS", reason: "COVERED" });
      await acme.run(ownAccount, change.rollback?.parts ?? []);
      expect((await acme.scan(ownAccount)).evaluation.reason).toBe("NO_TRAIL");
    });

    test("START_LOGGING", async () => {
      const { before, after, acme, change, printed } = await repair(
        ownAccount,
        account([multi({ status: status.stopped })]),
      );
      expect(before.evaluation.remediation.action).toBe("START_LOGGING");
      expect(printed).toMatch(/"IsLogging": true[\s\S]*Undo:\naws cloudtrail stop-logging/);
      expect(after.evaluation).toMatchObject({ verdict: "PASS", reason: "COVERED" });
      await acme.run(ownAccount, change.rollback?.parts ?? []);
      expect((await acme.scan(ownAccount)).evaluation.reason).toBe("MULTI_REGION_LOGGING_STOPPED");
    });

    test.each(["writeOnly", "readOnly", "withoutKms", "dataOnly", "unrecognized"] as const)(
      "FIX_EVENT_SELECTORS: %s",
      async (name) => {
        const { before, after, acme, change } = await repair(ownAccount, account([multi(selectors[name])]));
        expect(before.evaluation.remediation.action).toBe("FIX_EVENT_SELECTORS");
        expect(after.evaluation).toMatchObject({ verdict: "PASS" });
        // What AWS allowed no one to set, no one can restore.
        if (name === "unrecognized") return;
        await acme.run(ownAccount, change.rollback?.parts ?? []);
        expect((await acme.scan(ownAccount)).evaluation.reason).toBe(before.evaluation.reason);
      },
    );

    test.each([
      ["AccessDenied", { status: status.failing }],
      ["a bucket that is gone", { status: { ...status.failing, latestDeliveryError: "NoSuchBucket" } }],
      ["nothing ever delivered", { status: status.never }],
      ["one Region", { statusByRegion: { "eu-west-1": status.failing } }],
      ["a prefix", { status: status.failing, s3KeyPrefix: "audit" }],
    ])("FIX_DELIVERY: %s", async (_, over) => {
      const { before, after } = await repair(ownAccount, account([multi(over)]));
      expect(before.evaluation.remediation.action).toBe("FIX_DELIVERY");
      expect(after.evaluation).toMatchObject({ verdict: "PASS" });
    });

    test("FIX_DELIVERY: gone quiet after our own calls, which should have arrived", async () => {
      const knownActivity = Object.fromEntries(enabled.map((region) => [region, "2026-11-21T11:00:00Z"]));
      const acme = await start(account([multi({ status: status.stale })]));
      const before = await acme.scan(ownAccount, { knownActivity });
      expect(before.evaluation.reason).toBe("MULTI_REGION_DELIVERY_STALE");
      await acme.run(ownAccount, changeOf(before).command ?? []);
      acme.wait();
      await acme.scan(ownAccount);
      acme.wait("10m");
      expect((await acme.scan(ownAccount, { knownActivity })).evaluation.verdict).toBe("PASS");
    });

    test("FIX_DELIVERY: what to look at runs, other statements stay, and either undo restores the policy", async () => {
      const acme = await start(account([multi({ status: status.failing })]));
      const change = changeOf(await acme.scan(ownAccount));
      await acme.run(ownAccount, tab(change, "checks").parts);
      const read = [{ text: `aws s3api get-bucket-policy --bucket ${bucket} --query Policy --output text` }];
      const before = JSON.parse(await acme.run(ownAccount, read));
      const printed = await acme.run(ownAccount, change.command ?? []);
      await acme.run(ownAccount, change.command ?? []);
      const after = JSON.parse(await acme.run(ownAccount, read));
      expect(after.Statement).toEqual(expect.arrayContaining(before.Statement));
      expect(after.Statement).toHaveLength(before.Statement.length + 2);
      // The undo on the page takes the statements out, the one that was printed puts back the policy as it was.
      await acme.run(ownAccount, change.rollback?.parts ?? []);
      expect(JSON.parse(await acme.run(ownAccount, read))).toEqual(before);
      await acme.run(ownAccount, change.command ?? []);
      await acme.run(ownAccount, [{ text: printed.split("Undo:\n")[1] ?? "" }]);
      expect(JSON.parse(await acme.run(ownAccount, read))).toEqual(before);
    });

    test("FIX_DELIVERY: a policy that may not be read is not overwritten", async () => {
      const acme = await start(account([multi({ status: status.failing })]));
      const change = changeOf(await acme.scan(ownAccount));
      acme.sandbox.control.addFaults([{ kind: "deny", account: ownAccount, api: "s3:GetBucketPolicy" }]);
      await expect(acme.run(ownAccount, change.command ?? [])).rejects.toThrow(/AccessDenied|denied/i);
      expect(acme.sandbox.control.world.buckets.get(bucket)?.policy).not.toContain("CloudTrailWriteMain");
    });

    test("REAPPLY_MULTI_REGION: brings back the missing copy", async () => {
      const opted = regions.map((region) => ({ ...region, optInStatus: "opted-in" }));
      const { before, after } = await repair(
        ownAccount,
        account([multi({ existsInRegions: enabled })], { regions: opted }),
      );
      expect(before.evaluation.remediation.action).toBe("REAPPLY_MULTI_REGION");
      expect(after.evaluation).toMatchObject({ verdict: "PASS" });
    });

    test.each([
      ["START_LOGGING", organizationTrail({ status: status.stopped })],
      ["FIX_EVENT_SELECTORS", organizationTrail(selectors.writeOnly)],
      ["FIX_DELIVERY", organizationTrail({ status: status.failing })],
      ["CONVERT_TRAIL", organizationTrail({ isMultiRegion: false })],
    ])("FIX_ORG_TRAIL: %s in the management account repairs the member", async (orgAction, trail) => {
      const { before, after } = await repair(managementAccount, ...organization(trail));
      expect(before.evaluation.remediation).toMatchObject({ action: "FIX_ORG_TRAIL", orgAction });
      expect(after.evaluation).toMatchObject({ verdict: "PASS", reason: "COVERED_BY_ORG_TRAIL" });
    });

    test("FIX_ORG_TRAIL: REAPPLY_MULTI_REGION in the management account brings the member its copy", async () => {
      const trail = organizationTrail();
      const acme = await start(...organization(trail));
      const copies = acme.sandbox.control.trail(managementAccount, "org-trail").presence;
      copies.set(ownAccount, new Set());
      acme.sandbox.control.world.changed();
      const relatedEvidence = relatedOf(trail);
      const before = await acme.scan(ownAccount, { relatedEvidence });
      expect(before.evaluation).toMatchObject({
        reason: "NO_TRAIL",
        remediation: { action: "FIX_ORG_TRAIL", orgAction: "REAPPLY_MULTI_REGION" },
      });
      await acme.run(managementAccount, changeOf(before).command ?? []);
      acme.wait();
      expect((await acme.scan(ownAccount)).evaluation.verdict).toBe("PASS");
    });

    test("ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL: either way leads to a pass", async () => {
      const trail = organizationTrail({ homeRegion: "eu-south-2" });
      const relatedEvidence = relatedOf(trail);
      for (const way of ["cli", "move"]) {
        const acme = await start(...organization(trail));
        const before = await acme.scan(ownAccount, { relatedEvidence });
        expect(before.evaluation.remediation.action).toBe("ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL");
        const change = changeOf(before);
        await acme.run(way === "cli" ? ownAccount : managementAccount, tab(change, way).parts);
        acme.wait();
        expect((await acme.scan(ownAccount)).evaluation.verdict).toBe("PASS");
        if (way === "move") {
          await acme.run(managementAccount, change.afterwards?.[0]?.parts ?? []);
          acme.wait();
          expect((await acme.scan(ownAccount)).evaluation.verdict).toBe("PASS");
        }
        await acme.close();
      }
      customer = undefined;
    });

    test("FIX_SCAN_PERMISSIONS: grants what was refused, and nothing else", async () => {
      const actions = [
        "cloudtrail:DescribeTrails",
        "ec2:DescribeRegions",
        "organizations:DescribeOrganization",
      ];
      const role = { name: "PosturioReadOnly", externalIds: ["pst_test"], actions };
      const { before, after, change } = await repair(ownAccount, account([multi()], { roles: [role] }));
      expect(before.evaluation.remediation.action).toBe("FIX_SCAN_PERMISSIONS");
      expect(change.command?.map((part) => part.text).join("")).not.toContain("DescribeTrails");
      expect(after.evaluation.verdict).toBe("PASS");
    });
  });
}

function relatedOf(trail: TrailSpec): RelatedFacts {
  return {
    accountId: managementAccount,
    byFact: {
      "cloudtrail.trails": [
        {
          description: {
            arn: `arn:aws:cloudtrail:${trail.homeRegion}:${managementAccount}:trail/${trail.name}`,
            name: trail.name,
            homeRegion: trail.homeRegion,
            isMultiRegion: true,
            isOrganization: true,
            includeGlobalServiceEvents: true,
            hasCustomEventSelectors: false,
            hasInsightSelectors: false,
            logFileValidationEnabled: false,
            s3BucketName: bucket,
          },
        },
      ],
    },
  };
}
