import { selectorFault } from "@/lib/checks/cloudtrail/inventory/event-classes";
import type { TrailView } from "@/lib/checks/cloudtrail/inventory/trail-view";

/** Faults of a multi-Region trail, nearest to healthy first. */
export const faults = [
  "EXCLUDES_SOURCES",
  "WRITE_ONLY",
  "READ_ONLY",
  "STALE",
  "FAILING",
  "NEVER_DELIVERED",
  "STOPPED",
  "NO_MANAGEMENT_EVENTS",
  "HOME_REGION_OFF",
] as const;

export type Fault = (typeof faults)[number];

const bySelector = {
  excludes: "EXCLUDES_SOURCES",
  write_only: "WRITE_ONLY",
  read_only: "READ_ONLY",
  none: "NO_MANAGEMENT_EVENTS",
} as const;

/** The worst of a trail's known faults, or null when none is known. What could not be read is not a fault. */
export function worstFault(trail: TrailView): Fault | null {
  const known: Fault[] = [];
  const selector = trail.classes === null ? null : selectorFault(trail.classes);
  if (selector !== null) known.push(bySelector[selector]);
  if (trail.health !== "OK" && trail.health !== "PENDING" && trail.health !== "UNKNOWN")
    known.push(trail.health);
  return known.sort((a, b) => faults.indexOf(b) - faults.indexOf(a))[0] ?? null;
}

/** 0 for a trail without a known fault, then by distance from healthy. */
export function faultRank(trail: TrailView): number {
  const fault = worstFault(trail);
  return fault === null ? 0 : faults.indexOf(fault) + 1;
}
