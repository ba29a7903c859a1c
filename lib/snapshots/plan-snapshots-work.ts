import type { DailyWork } from "@/lib/work-items/work-kind";

/** A scan that judged before midnight has been stored by then, in minutes. */
export const settledAfterMinutes = 15;

/** Once a day, soon after it has ended: an item for each organization whose snapshots are to be taken. */
export const planSnapshotsWork: DailyWork = {
  kind: "snapshots.plan",
  lane: "none",
  maxFailures: 5,
  expiresAfterSeconds: 12 * 60 * 60,
  budget: "upkeep",
  minuteOfDay: settledAfterMinutes,
};
