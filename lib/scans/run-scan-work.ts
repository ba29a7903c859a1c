import { env } from "@/lib/env";
import type { TenantWork } from "@/lib/work/work-kind";
import { failScan, returnScanToQueue } from "./end-scan";
import { runScan } from "./run-scan";
import { scanWork } from "./scan-work";

export const runScanWork: TenantWork = {
  definition: scanWork,
  scope: "tenant",
  run: ({ ctx, held, subjectId, signal }) =>
    runScan({
      ctx,
      held,
      scanId: subjectId,
      signal,
      deadlineSeconds: env.POSTURIO_SCAN_DEADLINE_SECONDS,
      endpoint: env.POSTURIO_AWS_ENDPOINT,
    }),
  released: returnScanToQueue,
  failed: failScan,
};
