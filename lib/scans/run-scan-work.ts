import { env } from "@/lib/env";
import type { TenantWork } from "@/lib/work-items/work-kind";
import { failScan, returnScanToQueue } from "./end-scan";
import type { OnRecorded } from "./finalize-scan";
import { runScan } from "./run-scan";
import { scanWork } from "./scan-work";

/** `onRecorded` is what follows from its verdicts in the same transaction: verifications begin and end there. */
export function runScanWork(onRecorded: OnRecorded): TenantWork {
  return {
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
        onRecorded,
      }),
    released: returnScanToQueue,
    failed: failScan,
  };
}
