import { finishWork, withInstallation } from "@/lib/db/system/work-items";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { InstallationWork } from "@/lib/work-items/work-kind";
import { eraseOrganization } from "./erase-organization";
import { eraseOrganizationWork } from "./erase-organization-work";

export const runEraseOrganizationWork: InstallationWork = {
  definition: eraseOrganizationWork,
  scope: "installation",
  run: async ({ held, subjectId, signal }) => {
    const url = env.DATABASE_KEEPER_URL;
    if (url === undefined || subjectId === null) {
      throw new AppError("conflict", "DATABASE_KEEPER_URL is not set: the worker cannot erase anything.");
    }
    const erased = await eraseOrganization(url, subjectId, signal);
    await withInstallation((db) => finishWork(db, held));
    return erased;
  },
};
