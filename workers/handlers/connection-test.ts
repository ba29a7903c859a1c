import { failConnectionTest, returnConnectionTestToQueue } from "@/lib/accounts/end-connection-test";
import { runConnectionTest } from "@/lib/accounts/run-connection-test";
import { env } from "@/lib/env";
import { createScan } from "@/lib/scans/create-scan";
import type { JobHandler } from "./handler";

export const connectionTestHandler: JobHandler = {
  run: async ({ ctx, lease, signal }) => {
    const result = await runConnectionTest({
      ctx,
      lease,
      signal,
      endpoint: env.POSTURIO_AWS_ENDPOINT,
      onConnected: (db, context, accountId) => createScan(db, context, { accountId, trigger: "connect" }),
    });
    return { passed: result.ok, error: result.error?.code ?? null, apiCalls: result.calls.length };
  },
  requeued: (db, { tenantId, subjectId, attempt }) =>
    returnConnectionTestToQueue(db, { tenantId, testId: subjectId, attempt }),
  failed: (db, { tenantId, subjectId, errorCode }) =>
    failConnectionTest(db, { tenantId, testId: subjectId, errorCode }),
};
