import { assertHeld, finishWork, type Held, parkWork } from "@/lib/db/system/work-items";
import type { TenantDb } from "@/lib/db/tenant-db";
import { isSettled } from "@/lib/findings/looks-of";
import { type LooksEnding, lookEveryMinutes, mostLooks } from "@/lib/findings/looks-states";
import { createScan } from "@/lib/scans/create-scan";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import type { TenantWork } from "@/lib/work-items/work-kind";
import { endLooks } from "./look-again";
import { lookWork } from "./look-work";

/** A scan that began within this time counts as the look: two findings of an account do not scan it twice. */
const freshSeconds = 4 * 60;

export const runLookWork: TenantWork = {
  definition: lookWork,
  scope: "tenant",
  run: ({ ctx, held, subjectId }) => lookOnce(ctx, held, subjectId),
  released: async () => {},
  failed: async (db, { tenantId, subjectId }) => {
    await endLooks(db, tenantId, subjectId, "failed");
  },
};

/** One look: ends the looks, or asks for a scan and parks until the next, in one transaction. */
async function lookOnce(ctx: TenantContext, held: Held, findingId: string): Promise<object> {
  return withTenant(ctx, async (db) => {
    const { tenantId } = ctx;
    const looks = await openLooks(db, tenantId, findingId);
    if (!looks) {
      await finishWork(db, held);
      return { look: "over" };
    }
    const ending = await endingOf(db, tenantId, findingId, looks.done);
    if (ending !== null) {
      await assertHeld(db, held);
      await endLooks(db, tenantId, findingId, ending);
      await finishWork(db, held);
      return { look: ending };
    }
    // Account before work item: the same order as everyone who creates scans.
    const scan = looks.isFresh
      ? null
      : await createScan(db, ctx, { accountId: looks.accountId, trigger: "look" });
    const now = await assertHeld(db, held);
    const next = new Date(now.getTime() + lookEveryMinutes * 60_000);
    await db.$executeRaw`
      UPDATE finding_looks SET done = done + 1, next_at = ${next}
      WHERE tenant_id = ${tenantId}::uuid AND finding_id = ${findingId}::uuid AND ending IS NULL`;
    await parkWork(db, held, next);
    return { look: looks.done + 1, scan: scan?.number ?? null };
  });
}

interface OpenLooks {
  readonly accountId: string;
  readonly done: number;
  /** A scan of the account is under way, or has just read it. */
  readonly isFresh: boolean;
}

async function openLooks(db: TenantDb, tenantId: string, findingId: string): Promise<OpenLooks | null> {
  const [row] = await db.$queryRaw<OpenLooks[]>`
    SELECT f.account_id::text AS "accountId", l.done,
           EXISTS (SELECT 1 FROM scans s WHERE s.tenant_id = f.tenant_id AND s.account_id = f.account_id
                     AND s.started_at > GREATEST(l.requested_at, business_now() - make_interval(secs => ${freshSeconds}))
                     AND s.status IN ('running', 'complete', 'partial')) AS "isFresh"
    FROM finding_looks l JOIN findings f ON f.tenant_id = l.tenant_id AND f.id = l.finding_id
    WHERE l.tenant_id = ${tenantId}::uuid AND l.finding_id = ${findingId}::uuid AND l.ending IS NULL`;
  return row ?? null;
}

async function endingOf(
  db: TenantDb,
  tenantId: string,
  findingId: string,
  done: number,
): Promise<LooksEnding | null> {
  if (await isSettled(db, tenantId, findingId)) return "passing";
  return done >= mostLooks ? "spent" : null;
}
