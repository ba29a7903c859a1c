import { z } from "zod";
import { accountStatuses, environments } from "@/lib/accounts/account-states";
import { findCheck } from "@/lib/checks/registry";
import { sql } from "@/lib/db/sql";
import type { TenantDb } from "@/lib/db/tenant-db";
import { findingKey } from "@/lib/findings/finding-key";
import { findingStatuses, observations } from "@/lib/findings/lifecycle/states";
import { allowedMoves } from "@/lib/findings/lifecycle/transition";
import type { MyWork, WorkItem } from "@/lib/findings/my-work-view";
import { readInbox, withActors } from "@/lib/inbox/list-inbox";
import { readerOf } from "@/lib/inbox/reader";
import { decodeCursor, encodeCursor } from "@/lib/paging/cursor";
import { authorize, mayAsOwner } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { standingFix } from "./standing-fix";

const pageSize = 50;
/** Lists beside the work itself; the findings list has all of them. */
const mostBeside = 20;
/** The last that somebody watched are looked at for those that they do not own. */
const mostLookedAt = 200;
/** Whose verdict is told in full, with its command: what those take to read is most of what the page costs. */
const mostTold = 3;

interface Row {
  readonly part: "to_fix" | "waiting" | "watched";
  readonly id: string;
  readonly number: number | null;
  readonly version: number;
  readonly status: string;
  readonly observation: string;
  readonly observation_since: Date;
  readonly owner_id: string | null;
  readonly account_name: string;
  readonly account_status: string;
  readonly environment: string;
  readonly check_id: string;
  readonly short: string | null;
  readonly episode: number;
  readonly due_day: string | null;
  readonly days_left: number | null;
  readonly claimed_at: Date | null;
  readonly decided_scan_id: string | null;
  readonly decided_month: Date | null;
  /** To the microsecond, as the cursor needs it; null without a due date. */
  readonly exactly: string | null;
}

/** The due date of the last row, or none, and its id. */
const cursorKey = z.tuple([z.union([z.iso.datetime({ precision: 6 }), z.literal("")]), z.uuid()]);

/**
 * What waits for the person who asks: what they have to fix, the soonest due first, by an index; what they claimed or
 * watch; and their inbox. One transaction.
 */
export async function getMyWork(
  ctx: TenantContext,
  {
    cursor,
    inbox: inboxCursor,
  }: { readonly cursor?: string | undefined; readonly inbox?: string | undefined } = {},
): Promise<MyWork> {
  authorize(ctx, "organization.view");
  const userId = readerOf(ctx);
  const after = cursor === undefined ? null : decodeCursor(cursor, cursorKey);
  const work = await withTenant(
    ctx,
    async (db) => {
      const rows = await readRows(db, ctx.tenantId, userId, after);
      const toFix = rows.filter(({ part }) => part === "to_fix");
      const shown = toFix.slice(0, pageSize);
      const last = shown.at(-1);
      const items: WorkItem[] = [];
      for (const [index, row] of shown.entries()) {
        const isTold = after === null && index < mostTold && row.days_left !== null && row.days_left <= 7;
        items.push(itemOf(ctx, row, isTold ? await standingFix(db, ctx.tenantId, row) : null));
      }
      const part = (name: Row["part"]) =>
        rows.filter((row) => row.part === name).map((row) => itemOf(ctx, row, null));
      return {
        toFix: items,
        nextCursor: toFix.length > pageSize && last ? encodeCursor([last.exactly ?? "", last.id]) : null,
        waiting: part("waiting"),
        watched: part("watched"),
        inbox: await readInbox(db, ctx, { cursor: inboxCursor }),
      };
    },
    { readOnly: true },
  );
  return { ...work, inbox: await withActors(work.inbox) };
}

function readRows(
  db: TenantDb,
  tenantId: string,
  userId: string,
  after: z.output<typeof cursorKey> | null,
): Promise<Row[]> {
  const mine = sql`tenant_id = ${tenantId}::uuid AND owner_id = ${userId}::uuid`;
  const [dueAt = "-infinity", id = "00000000-0000-0000-0000-000000000000"] = after ?? [];
  // What has no due date comes after all that has one; each of the two is a stretch of the index.
  const dated = dueAt === "" ? sql`false` : sql`(due_at, id) > (${dueAt}::timestamptz, ${id}::uuid)`;
  const undated = dueAt === "" ? sql`due_at IS NULL AND id > ${id}::uuid` : sql`due_at IS NULL`;
  const beside =
    after === null
      ? sql`
        UNION ALL (SELECT 'waiting' AS part, id FROM findings
          WHERE ${mine} AND status = 'awaiting_verification' ORDER BY due_at, id LIMIT ${mostBeside})
        UNION ALL (SELECT 'watched', f.id FROM (
              SELECT tenant_id, finding_id, since FROM finding_watchers
              WHERE tenant_id = ${tenantId}::uuid AND user_id = ${userId}::uuid
              ORDER BY since DESC LIMIT ${mostLookedAt}) w
            JOIN findings f ON f.tenant_id = w.tenant_id AND f.id = w.finding_id
          WHERE f.owner_id IS DISTINCT FROM ${userId}::uuid
          ORDER BY w.since DESC, f.id LIMIT ${mostBeside})`
      : sql``;
  return db.$queryRaw<Row[]>`
    WITH chosen AS (
      (SELECT 'to_fix' AS part, id FROM findings
       WHERE ${mine} AND status IN ('open', 'in_progress', 'reopened') AND ${dated}
       ORDER BY due_at, id LIMIT ${pageSize + 1})
      UNION ALL (SELECT 'to_fix', id FROM findings
       WHERE ${mine} AND status IN ('open', 'in_progress', 'reopened') AND ${undated}
       ORDER BY id LIMIT ${pageSize + 1}) ${beside}
    )
    SELECT c.part, f.id::text, f.number, f.version, f.status, f.observation, f.observation_since,
           f.owner_id::text, a.name AS account_name, a.status AS account_status, a.environment, f.check_id, f.short,
           f.episode, f.decided_scan_id::text, f.decided_month, k.claimed_at,
           to_char(f.due_at AT TIME ZONE z.name, 'YYYY-MM-DD') AS due_day,
           (f.due_at AT TIME ZONE z.name)::date - (business_now() AT TIME ZONE z.name)::date AS days_left,
           to_char(f.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS exactly
    FROM chosen c
      JOIN findings f ON f.tenant_id = ${tenantId}::uuid AND f.id = c.id
      JOIN accounts a ON a.tenant_id = f.tenant_id AND a.id = f.account_id
      LEFT JOIN claims k ON k.tenant_id = f.tenant_id AND k.finding_id = f.id AND k.ended_at IS NULL
      CROSS JOIN (SELECT COALESCE((SELECT time_zone FROM triage_settings WHERE tenant_id = ${tenantId}::uuid), 'UTC')
                    AS name) z
    ORDER BY f.due_at, f.id`;
}

function itemOf(ctx: TenantContext, row: Row, fix: WorkItem["fix"]): WorkItem {
  const status = findingStatuses.parse(row.status);
  const facts = {
    hasOwner: row.owner_id !== null,
    isAccountReadable: accountStatuses.parse(row.account_status) === "connected",
    episode: row.episode,
    reason: null,
    guardrail: null,
    guardrailWaiver: null,
  };
  const claim = allowedMoves(status, facts).find(({ to }) => to === "awaiting_verification");
  return {
    key: findingKey(row.number) ?? row.id,
    version: row.version,
    status,
    observation: observations.parse(row.observation),
    observationSince: row.observation_since.toISOString(),
    accountName: row.account_name,
    environment: environments.parse(row.environment),
    checkTitle: findCheck(row.check_id)?.title ?? row.check_id,
    short: row.short ?? "No verdict yet",
    due:
      row.due_day === null || row.days_left === null ? null : { day: row.due_day, daysLeft: row.days_left },
    claimedAt: row.claimed_at?.toISOString() ?? null,
    mayClaim: claim?.guards.length === 0 && mayAsOwner(ctx, "finding.claim", row.owner_id),
    fix,
  };
}
