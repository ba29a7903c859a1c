import { oweToScheduled } from "@/lib/db/system/schedules";
import { finishWork, withInstallation } from "@/lib/db/system/work-items";
import type { InstallationWork } from "@/lib/work-items/work-kind";
import { planRemindersWork } from "./plan-reminders-work";
import { remindWork } from "./remind-work";

export const runPlanRemindersWork: InstallationWork = {
  definition: planRemindersWork,
  scope: "installation",
  run: ({ held }) =>
    withInstallation(async (db) => {
      const organizations = await oweToScheduled(db, remindWork);
      await finishWork(db, held);
      return { organizations };
    }),
};
