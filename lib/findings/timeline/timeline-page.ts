import { z } from "zod";
import { allOf, type Sql, sql } from "@/lib/db/sql";
import type { TenantReader } from "@/lib/db/tenant-db";
import { scanKinds, statusKinds, type TimelineFilter } from "@/lib/findings/timeline-states";
import { decodeCursor, encodeCursor } from "@/lib/paging/cursor";
import { may } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { confirmedKinds, type TimelineRow } from "./timeline-lines";

export interface TimelineAsked {
  readonly findingId: string;
  readonly filter: TimelineFilter;
  readonly withComments: boolean;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface TimelineRows {
  readonly rows: readonly TimelineRow[];
  /** There are older ones. */
  readonly hasMore: boolean;
}

/** A time to the microsecond, and an id among those of one time: how lists of what happened to a finding go on. */
export const timeKey = z.tuple([z.iso.datetime({ precision: 6 }), z.uuid()]);

/** The columns of timeKey. */
export const keyedTime = (at: Sql) => sql`to_char(${at} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Older than a cursor says: the first condition is for the index, whose order ends at the time. */
export function olderThan(cursor: string | undefined, at: Sql, id: Sql): Sql | null {
  if (cursor === undefined) return null;
  const [time, last] = decodeCursor(cursor, timeKey);
  return sql`${at} <= ${time}::timestamptz AND (${at}, ${id}) < (${time}::timestamptz, ${last}::uuid)`;
}

/**
 * A part of a finding's timeline, newest first: events, comments, and the scans since the last event, which are a row
 * of their own. Each kind is read by its index, no further than the part goes. Who may read no comments gets none.
 */
export async function timelineRows(
  db: TenantReader,
  ctx: TenantContext,
  { findingId, filter, withComments, cursor, limit }: TimelineAsked,
): Promise<TimelineRows> {
  const parts = [
    eventsOf(ctx.tenantId, findingId, filter, cursor, limit),
    withComments && hasComments(ctx, filter) ? commentsOf(ctx.tenantId, findingId, cursor, limit) : null,
    hasScans(filter) ? sinceOf(ctx.tenantId, findingId, cursor) : null,
  ].filter((part) => part !== null);
  const all = parts.reduce((one, other) => sql`${one} UNION ALL ${other}`);
  // What the scans confirm that the oldest rows count may be told by an event further back: one look for the whole part.
  const found = await db.$queryRaw<Found[]>`
    WITH part AS (SELECT * FROM (${all}) every ORDER BY at DESC, id DESC LIMIT ${limit + 1}),
         oldest AS (SELECT at, id FROM part ORDER BY at, id LIMIT 1)
    SELECT p.type, p.id::text AS id, p.at, ${keyedTime(sql`p.at`)} AS "keyAt", p.kind, p.actor, p.text,
           s.number AS "scanNumber", p.before, p.after, p.unchanged, p.mentions::text[] AS mentions,
           (SELECT e.kind FROM finding_events e
            WHERE e.tenant_id = ${ctx.tenantId}::uuid AND e.finding_id = ${findingId}::uuid
              AND e.kind = ANY (${confirmedKinds}::text[]) AND e.at <= (SELECT at FROM oldest)
              AND (e.at, e.id) < (SELECT at, id FROM oldest)
            ORDER BY e.at DESC, e.id DESC LIMIT 1) AS "kindBefore"
    FROM part p LEFT JOIN scans s ON s.tenant_id = ${ctx.tenantId}::uuid AND s.id = p.scan_id
    ORDER BY p.at DESC, p.id DESC`;
  return {
    rows: found.slice(0, limit).map(({ keyAt, kindBefore, ...row }, index) => ({
      ...row,
      cursor: encodeCursor([keyAt, row.id]),
      confirms: found.slice(index + 1).find(isConfirmed)?.kind ?? kindBefore,
    })),
    hasMore: found.length > limit,
  };
}

type Found = Omit<TimelineRow, "cursor" | "confirms"> & {
  readonly keyAt: string;
  readonly kindBefore: string | null;
};

function isConfirmed({ kind }: Found): boolean {
  return (confirmedKinds as readonly (string | null)[]).includes(kind);
}

function hasComments(ctx: TenantContext, filter: TimelineFilter): boolean {
  return (filter === "all" || filter === "people") && may(ctx, "comment.read");
}

function hasScans(filter: TimelineFilter): boolean {
  return filter === "all" || filter === "scans";
}

function eventsOf(
  tenantId: string,
  findingId: string,
  filter: TimelineFilter,
  cursor: string | undefined,
  limit: number,
): Sql {
  const meant = {
    all: null,
    status: sql`e.kind = ANY (${[...statusKinds]}::text[])`,
    scans: sql`(e.kind = ANY (${[...scanKinds]}::text[]) OR e.unchanged_before > 0)`,
    people: sql`e.actor <> 'system'`,
  } satisfies Record<TimelineFilter, Sql | null>;
  const kind =
    filter === "scans"
      ? sql`CASE WHEN e.kind = ANY (${[...scanKinds]}::text[]) THEN e.kind END`
      : sql`e.kind`;
  const where = allOf([
    sql`e.tenant_id = ${tenantId}::uuid`,
    sql`e.finding_id = ${findingId}::uuid`,
    meant[filter],
    olderThan(cursor, sql`e.at`, sql`e.id`),
  ]);
  return sql`
    (SELECT 'event' AS type, e.id, e.at, ${kind} AS kind, e.actor, e.text, e.scan_id, e.before, e.after,
            ${hasScans(filter) ? sql`e.unchanged_before` : sql`0`} AS unchanged, NULL::uuid[] AS mentions
     FROM finding_events e WHERE ${where} ORDER BY e.at DESC, e.id DESC LIMIT ${limit + 1})`;
}

function commentsOf(tenantId: string, findingId: string, cursor: string | undefined, limit: number): Sql {
  const where = allOf([
    sql`c.tenant_id = ${tenantId}::uuid`,
    sql`c.finding_id = ${findingId}::uuid`,
    olderThan(cursor, sql`c.at`, sql`c.id`),
  ]);
  return sql`
    (SELECT 'comment', c.id, c.at, NULL, c.author, c.body, NULL, NULL, NULL, 0, c.mentions
     FROM comments c WHERE ${where} ORDER BY c.at DESC, c.id DESC LIMIT ${limit + 1})`;
}

function sinceOf(tenantId: string, findingId: string, cursor: string | undefined): Sql {
  const where = allOf([
    sql`f.tenant_id = ${tenantId}::uuid`,
    sql`f.id = ${findingId}::uuid`,
    sql`f.unchanged_checks > 0`,
    sql`f.last_checked_at IS NOT NULL`,
    olderThan(cursor, sql`f.last_checked_at`, sql`f.id`),
  ]);
  return sql`
    (SELECT 'since', f.id, f.last_checked_at, NULL, 'system', '', f.last_scan_id, NULL, NULL, f.unchanged_checks, NULL
     FROM findings f WHERE ${where})`;
}
