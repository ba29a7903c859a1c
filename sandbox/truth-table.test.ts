import { readFileSync } from "node:fs";
import {
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  ListEventDataStoresCommand,
} from "@aws-sdk/client-cloudtrail";
import { DescribeRegionsCommand } from "@aws-sdk/client-ec2";
import { DescribeOrganizationCommand } from "@aws-sdk/client-organizations";
import { AssumeRoleCommand, GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { describe, expect, test } from "vitest";
import { startSandbox } from "./server";
import { clients, keysOf } from "./testing/clients";
import type { CaseSpec } from "./world/world-file";

const table = new URL("../lib/checks/cloudtrail/not-multi-region/truth-table.json", import.meta.url);
const cases = JSON.parse(readFileSync(table, "utf8")) as CaseSpec[];

/** The wire's answer, or the error code the case scripts for this call. */
async function answer<T>(call: Promise<T>): Promise<T | string> {
  try {
    return await call;
  } catch (error) {
    return (error as Error).name;
  }
}

describe("every truth-table case is served as written", () => {
  test.each(cases.map((c) => [c.id, c] as const))("%s", async (id, spec) => {
    const sandbox = await startSandbox({ world: cases, caseId: id ?? "" });
    try {
      const home = spec.regions?.[0]?.name ?? "us-east-1";
      const aws = clients(sandbox.url, keysOf(spec.account.id), home);
      const scripted = (api: string, region: string) =>
        spec.errors?.find((e) => e.api === api && (e.region === "*" || e.region === region))?.code;

      const identity = await aws.sts.send(new GetCallerIdentityCommand({}));
      expect(identity.Account).toBe(spec.account.id);
      const roleArn = `arn:${spec.account.partition}:iam::${spec.account.id}:role/PosturioReadOnly`;
      const assumed = await answer(
        aws.sts.send(
          new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "posturio-1", ExternalId: "pst_1" }),
        ),
      );
      expect(typeof assumed === "string" ? assumed : undefined).toBe(scripted("sts:AssumeRole", home));

      const regions = await answer(aws.ec2.send(new DescribeRegionsCommand({ AllRegions: true })));
      if (typeof regions === "string") expect(regions).toBe(scripted("ec2:DescribeRegions", home));
      else {
        const listed = regions.Regions?.map((r) => ({ name: r.RegionName, optInStatus: r.OptInStatus }));
        expect(listed).toEqual(spec.regions?.map(({ name, optInStatus }) => ({ name, optInStatus })));
      }

      const organization = await answer(aws.organizations.send(new DescribeOrganizationCommand({})));
      if (spec.account.orgRole === "STANDALONE")
        expect(organization).toBe("AWSOrganizationsNotInUseException");
      else expect(organization).toMatchObject({ Organization: { MasterAccountId: "111111111111" } });

      for (const { name: region, optInStatus } of spec.regions ?? []) {
        const here = clients(sandbox.url, keysOf(spec.account.id), region).cloudtrail;
        const trails = await answer(here.send(new DescribeTrailsCommand({})));
        const code = optInStatus === "not-opted-in" ? "UnrecognizedClientException" : undefined;
        const expectedCode = code ?? scripted("cloudtrail:DescribeTrails", region);
        if (expectedCode !== undefined) {
          expect(trails).toBe(expectedCode);
          continue;
        }
        const present = spec.trails?.filter((t) => t.existsInRegions?.includes(region)) ?? [];
        if (typeof trails === "string") throw new Error(trails);
        expect(trails.trailList?.map((t) => t.TrailARN)).toEqual(present.map((t) => t.arn));
        const stores = await here.send(new ListEventDataStoresCommand({}));
        expect(stores.EventDataStores?.length).toBe(
          spec.eventDataStores?.filter((s) => s.region === region).length,
        );
        for (const trail of present) {
          const status = await answer(here.send(new GetTrailStatusCommand({ Name: trail.arn })));
          const selectors = await answer(here.send(new GetEventSelectorsCommand({ TrailName: trail.arn })));
          const expected = trail.statusByRegion?.[region] ?? trail.status ?? {};
          if (typeof status === "string") expect(status).toBe(scripted("cloudtrail:GetTrailStatus", region));
          else {
            const time = (text: string | undefined) => (text === undefined ? undefined : new Date(text));
            expect(status.IsLogging).toBe(expected.isLogging);
            expect(status.LatestDeliveryTime).toEqual(time(expected.latestDeliveryTime));
            expect(status.LatestDeliveryError).toBe(expected.latestDeliveryError);
            expect(status.StartLoggingTime).toEqual(time(expected.startLoggingTime));
            expect(status.StopLoggingTime).toEqual(time(expected.stopLoggingTime));
            expect(status.LatestCloudWatchLogsDeliveryError).toBe(expected.latestCloudWatchLogsDeliveryError);
          }
          if (typeof selectors === "string") {
            expect(selectors).toBe(scripted("cloudtrail:GetEventSelectors", region));
          } else {
            expect(selectors.EventSelectors?.length).toBe(trail.eventSelectors?.length);
            const advanced = trail.advancedEventSelectors ?? (trail.eventSelectors ? undefined : [{}]);
            expect(selectors.AdvancedEventSelectors?.length).toBe(advanced?.length);
          }
        }
      }
    } finally {
      await sandbox.close();
    }
  });
});
