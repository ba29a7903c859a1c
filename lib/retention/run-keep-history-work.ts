import { finishWork, withInstallation } from "@/lib/db/system/work-items";
import { env } from "@/lib/env";
import { logger } from "@/lib/logger";
import type { InstallationWork } from "@/lib/work-items/work-kind";
import { keepHistory } from "./keep-history";
import { keepHistoryWork } from "./keep-history-work";

export const runKeepHistoryWork: InstallationWork = {
  definition: keepHistoryWork,
  scope: "installation",
  run: async ({ held, signal }) => {
    const url = env.DATABASE_KEEPER_URL;
    if (url === undefined) {
      logger.error("DATABASE_KEEPER_URL is not set: no month is prepared, and nothing old is ever deleted.");
    }
    const policy = {
      rawMonths: env.POSTURIO_RETENTION_RAW_MONTHS,
      historyYears: env.POSTURIO_RETENTION_HISTORY_YEARS,
    };
    const kept = await keepHistory(url, policy, signal);
    await withInstallation((db) => finishWork(db, held));
    return kept;
  },
};
