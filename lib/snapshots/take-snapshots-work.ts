import type { WorkKind } from "@/lib/work-items/work-kind";

/** Taking an organization's snapshots of every day that has ended. The subject is the organization. */
export const takeSnapshotsWork: WorkKind = {
  kind: "snapshots.take",
  lane: "none",
  maxFailures: 5,
  expiresAfterSeconds: 23 * 60 * 60,
  budget: "upkeep",
};
