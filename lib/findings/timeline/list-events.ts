import { allOf, sql } from "@/lib/db/sql";
import { knownFinding } from "@/lib/findings/known-finding";
import { type FindingEventKind, findingEventKinds } from "@/lib/findings/lifecycle/states";
import { readNames } from "@/lib/findings/names";
import type { ActorView } from "@/lib/findings/timeline-view";
import { encodeCursor, pageSize } from "@/lib/paging/cursor";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { keyedTime, olderThan } from "./timeline-page";

/** A line of a finding's history as it is stored. */
export interface EventView {
  readonly id: string;
  readonly at: string;
  readonly kind: FindingEventKind;
  readonly actor: ActorView;
  readonly text: string;
  readonly scanNumber: number | null;
  readonly before: unknown;
  readonly after: unknown;
  readonly unchangedBefore: number;
}

interface Row {
  readonly id: string;
  readonly at: Date;
  readonly keyAt: string;
  readonly kind: string;
  readonly actor: string;
  readonly text: string;
  readonly scanNumber: number | null;
  readonly before: unknown;
  readonly after: unknown;
  readonly unchangedBefore: number;
}

/** The history of a finding, newest first and page by page; `kind` narrows it down. Throws not_found. */
export async function listEvents(
  ctx: TenantContext,
  asked: {
    readonly key: string;
    readonly kind?: FindingEventKind | undefined;
    readonly cursor?: string | undefined;
    readonly limit?: number | undefined;
  },
): Promise<{ rows: readonly EventView[]; nextCursor: string | null }> {
  authorize(ctx, "organization.view");
  const limit = pageSize(asked.limit);
  const older = olderThan(asked.cursor, sql`e.at`, sql`e.id`);
  const found = await withTenant(ctx, async (db) => {
    const { id } = await knownFinding(db, ctx.tenantId, asked.key);
    const where = allOf([
      sql`e.tenant_id = ${ctx.tenantId}::uuid`,
      sql`e.finding_id = ${id}::uuid`,
      asked.kind ? sql`e.kind = ${asked.kind}` : null,
      older,
    ]);
    return db.$queryRaw<Row[]>`
      SELECT e.id::text AS id, e.at, ${keyedTime(sql`e.at`)} AS "keyAt", e.kind, e.actor, e.text,
             s.number AS "scanNumber", e.before, e.after, e.unchanged_before AS "unchangedBefore"
      FROM finding_events e LEFT JOIN scans s ON s.tenant_id = e.tenant_id AND s.id = e.scan_id
      WHERE ${where} ORDER BY e.at DESC, e.id DESC LIMIT ${limit + 1}`;
  });
  const rows = found.slice(0, limit);
  const names = await readNames(ctx.tenantId, { actors: rows.map(({ actor }) => actor) });
  const last = found.length > limit ? rows.at(-1) : undefined;
  return {
    rows: rows.map(({ keyAt: _key, at, kind, actor, ...row }) => ({
      ...row,
      at: at.toISOString(),
      kind: findingEventKinds.parse(kind),
      actor: names.actor(actor),
    })),
    nextCursor: last ? encodeCursor([last.keyAt, last.id]) : null,
  };
}
