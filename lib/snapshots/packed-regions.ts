import { packJson, unpackJson } from "@/lib/history/packed-json";
import { coverageStates, type RegionDay } from "./region-time";

/**
 * Regions whose day was the same, as they are stored: the state at the end as its place in `coverageStates`, -1 when the
 * Region or account was no longer there; seconds in that order; names.
 */
type Group = readonly [end: number, seconds: readonly number[], names: readonly string[]];

/** The Regions of a snapshot as it stores them: most of them have the same day, so they are named once a group. */
export function packRegions(regions: ReadonlyMap<string, RegionDay>): Uint8Array<ArrayBuffer> {
  const groups = new Map<string, [number, readonly number[], string[]]>();
  for (const [name, { end, seconds }] of [...regions].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const place = end === null ? -1 : coverageStates.indexOf(end);
    const spent = coverageStates.map((state) => seconds[state]);
    const key = `${place} ${spent.join(" ")}`;
    const group = groups.get(key) ?? [place, spent, []];
    group[2].push(name);
    groups.set(key, group);
  }
  return packJson(JSON.stringify([...groups.values()]));
}

/** Reads back what packRegions() stored. */
export function unpackRegions(packed: Uint8Array): Map<string, RegionDay> {
  const regions = new Map<string, RegionDay>();
  for (const [end, spent, names] of unpackJson(packed) as readonly Group[]) {
    const [covered = 0, partial = 0, uncovered = 0, unknown = 0] = spent;
    const day = { end: coverageStates[end] ?? null, seconds: { covered, partial, uncovered, unknown } };
    for (const name of names) regions.set(name, day);
  }
  return regions;
}
