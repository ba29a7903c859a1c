import type { TenantDb } from "@/lib/db/tenant-db";
import { env } from "@/lib/env";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import type { TenantWork } from "@/lib/work-items/work-kind";
import { connectionTestWork } from "./connection-test-work";
import { failConnectionTest, returnConnectionTestToQueue } from "./end-connection-test";
import { runConnectionTest } from "./run-connection-test";

/** `onConnected` is what follows from a passed test in the same transaction: the first scan. */
export function runConnectionTestWork(
  onConnected: (db: TenantDb, ctx: TenantContext, accountId: string) => Promise<unknown>,
): TenantWork {
  return {
    definition: connectionTestWork,
    scope: "tenant",
    run: async ({ ctx, held, subjectId, signal }) => {
      const result = await runConnectionTest({
        ctx,
        held,
        testId: subjectId,
        signal,
        endpoint: env.POSTURIO_AWS_ENDPOINT,
        onConnected,
      });
      return { passed: result.ok, error: result.error?.code ?? null, apiCalls: result.calls.length };
    },
    released: returnConnectionTestToQueue,
    failed: failConnectionTest,
  };
}
