import { DescribeTrailsCommand, GetTrailStatusCommand } from "@aws-sdk/client-cloudtrail";
import { afterEach, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "./server";
import { clients, keysOf } from "./testing/clients";
import type { CaseSpec, TrailSpec } from "./world/world-file";

const id = "111122223333";
const home = "eu-west-1";
const arn = `arn:aws:cloudtrail:${home}:${id}:trail/audit`;
const now = "2026-11-22T12:00:00Z";

let sandbox: Sandbox | undefined;
afterEach(() => sandbox?.close());

async function world(over: Partial<CaseSpec>, trail: Partial<TrailSpec> = {}): Promise<Sandbox> {
  const status = { isLogging: true, startLoggingTime: "-300d", latestDeliveryTime: "-3d" };
  const trails = [{ name: "audit", homeRegion: home, isMultiRegion: true, status, ...trail }];
  sandbox = await startSandbox({ world: { now, accounts: [{ account: { id }, trails, ...over }] } });
  sandbox.control.time({ frozen: true });
  return sandbox;
}

const trailsIn = (box: Sandbox, region: string) => clients(box.url, keysOf(id), region).cloudtrail;

function toMinute(time: Date | undefined): string | undefined {
  return time?.toISOString().slice(0, 16);
}

async function lastDelivery(box: Sandbox, region: string): Promise<string | undefined> {
  const status = await trailsIn(box, region).send(new GetTrailStatusCommand({ Name: arn }));
  return toMinute(status.LatestDeliveryTime);
}

test("in a quiet account nothing is delivered until someone calls, and then in that Region alone", async () => {
  const box = await world({ quiet: true });
  box.control.time({ advance: "20h" });
  await trailsIn(box, home).send(new DescribeTrailsCommand({}));
  box.control.time({ advance: "10m" });
  expect(await lastDelivery(box, home)).toBe("2026-11-23T08:05");
  expect(await lastDelivery(box, "us-east-1")).toBe("2026-11-19T12:00");
});

test("a quiet home Region has no traffic of its own, while active ones go on", async () => {
  const fresh = { isLogging: true, startLoggingTime: "-300d", latestDeliveryTime: "-5m" };
  const box = await world(
    { quietRegions: [home], activeRegions: ["us-east-1"] },
    { statusByRegion: { "us-east-1": fresh } },
  );
  box.control.time({ advance: "2h" });
  expect(await lastDelivery(box, home)).toBe("2026-11-19T12:00");
  expect(await lastDelivery(box, "us-east-1")).toBe("2026-11-22T14:00");
});

test("a silent Region delivers nothing, whatever happens, and reports no error", async () => {
  const box = await world({ quiet: true }, { silentRegions: [home] });
  await trailsIn(box, home).send(new DescribeTrailsCommand({}));
  await trailsIn(box, "us-east-1").send(new DescribeTrailsCommand({}));
  box.control.time({ advance: "10m" });
  const status = await trailsIn(box, home).send(new GetTrailStatusCommand({ Name: arn }));
  expect(toMinute(status.LatestDeliveryTime)).toBe("2026-11-19T12:00");
  expect(status.LatestDeliveryError).toBeUndefined();
  expect(await lastDelivery(box, "us-east-1")).toBe("2026-11-22T12:05");
});

test("a world that says nothing of custom selectors is answered without that member", async () => {
  const box = await world({});
  const { trailList } = await trailsIn(box, home).send(new DescribeTrailsCommand({}));
  expect(trailList?.[0]).not.toHaveProperty("HasCustomEventSelectors");
});
