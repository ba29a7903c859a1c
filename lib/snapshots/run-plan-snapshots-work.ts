import { oweToScheduled } from "@/lib/db/system/schedules";
import { finishWork, withInstallation } from "@/lib/db/system/work-items";
import type { InstallationWork } from "@/lib/work-items/work-kind";
import { planSnapshotsWork } from "./plan-snapshots-work";
import { takeSnapshotsWork } from "./take-snapshots-work";

export const runPlanSnapshotsWork: InstallationWork = {
  definition: planSnapshotsWork,
  scope: "installation",
  run: ({ held }) =>
    withInstallation(async (db) => {
      const organizations = await oweToScheduled(db, takeSnapshotsWork);
      await finishWork(db, held);
      return { organizations };
    }),
};
