import { env } from "@/lib/env";
import { failScan, returnScanToQueue } from "@/lib/scans/end-scan";
import { runScan } from "@/lib/scans/run-scan";
import type { JobHandler } from "./handler";

export const scanHandler: JobHandler = {
  run: ({ ctx, lease, signal }) =>
    runScan({
      ctx,
      lease,
      signal,
      deadlineSeconds: env.POSTURIO_SCAN_DEADLINE_SECONDS,
      endpoint: env.POSTURIO_AWS_ENDPOINT,
    }),
  requeued: (db, { tenantId, subjectId, attempt }) =>
    returnScanToQueue(db, { tenantId, scanId: subjectId, attempt }),
  failed: (db, { tenantId, subjectId, errorCode, errorText }) =>
    failScan(db, { tenantId, scanId: subjectId, errorCode, errorText }),
};
