import { regionActions } from "@/lib/checks/facts/regions-read";
import type { RegionProgress } from "./scan-view";

export interface ProgressCall {
  readonly api: string;
  readonly region: string;
  readonly outcome: string;
  readonly response?: unknown;
}

/** The call that lists the Regions; its answer is wanted. */
export const regionList = "ec2:DescribeRegions";

/** A Region counts as read when every action that reads Regions was answered there; facts say which those are. */
export function regionsOf(calls: readonly ProgressCall[], ended: boolean): RegionProgress[] {
  const states = new Map<string, RegionProgress["state"]>();
  const list = calls.findLast((call) => call.api === regionList && call.outcome === "ok");
  for (const { name, enabled } of listedRegions(list?.response))
    states.set(name, enabled ? "waiting" : "not_enabled");
  for (const [region, answers] of answersByRegion(calls)) states.set(region, stateOf(answers));
  return [...states.entries()]
    .map(([name, state]) => ({ name, state: ended && state === "waiting" ? ("failed" as const) : state }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** By Region and action whether it was answered in the end. */
function answersByRegion(calls: readonly ProgressCall[]): ReadonlyMap<string, ReadonlyMap<string, boolean>> {
  const regions = new Map<string, Map<string, boolean>>();
  for (const { api, region, outcome } of calls) {
    if (!regionActions.includes(api)) continue;
    const answers = regions.get(region) ?? new Map<string, boolean>();
    regions.set(region, answers.set(api, outcome === "ok" || answers.get(api) === true));
  }
  return regions;
}

function stateOf(answers: ReadonlyMap<string, boolean>): RegionProgress["state"] {
  if ([...answers.values()].includes(false)) return "failed";
  return answers.size === regionActions.length ? "read" : "waiting";
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
