import type { RegionProgress } from "./scan-view";

export interface ProgressCall {
  readonly api: string;
  readonly region: string;
  readonly outcome: string;
  readonly response?: unknown;
}

/** The call that tells which Regions there are; its answer is wanted. */
export const regionList = "ec2:DescribeRegions";
const trailList = "cloudtrail:DescribeTrails";

/** A Region counts as read when its trails have been listed: everything else of it builds on that. */
export function regionsOf(calls: readonly ProgressCall[], ended: boolean): RegionProgress[] {
  const states = new Map<string, RegionProgress["state"]>();
  const list = calls.findLast((call) => call.api === regionList && call.outcome === "ok");
  for (const { name, enabled } of listedRegions(list?.response))
    states.set(name, enabled ? "waiting" : "not_enabled");
  for (const call of calls) {
    if (call.api !== trailList) continue;
    if (call.outcome === "ok") states.set(call.region, "read");
    else if (states.get(call.region) !== "read") states.set(call.region, "failed");
  }
  return [...states.entries()]
    .map(([name, state]) => ({ name, state: ended && state === "waiting" ? ("failed" as const) : state }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** The stored answer of DescribeRegions, as EC2 spells it. */
function listedRegions(response: unknown): { name: string; enabled: boolean }[] {
  const regions = member(response, "Regions");
  if (!Array.isArray(regions)) return [];
  return regions.flatMap((region: unknown) => {
    const name = member(region, "RegionName");
    return typeof name === "string"
      ? [{ name, enabled: member(region, "OptInStatus") !== "not-opted-in" }]
      : [];
  });
}

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
