import { z } from "zod";
import { type Sql, sql } from "@/lib/db/sql";
import { findCause, noCauseRank } from "@/lib/findings/cause-states";
import { findingNumber } from "@/lib/findings/finding-key";
import { placesOf } from "@/lib/findings/finding-place";
import { nobody } from "@/lib/findings/list-states";
import { containing } from "@/lib/paging/cursor";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { type FindingQuery, isRegionName, rangeOf } from "./finding-query";

/** What the list is narrowed by: the names of the URL, and what only the product's own pages ask for. */
export interface FindingFilter extends FindingQuery {
  /** True: passes that are inferred; false: everything but those. */
  readonly inferred?: boolean | undefined;
  /** Only what calls for work or could not be read. */
  readonly needsWork?: boolean | undefined;
  /** These alone, by key, or by id where there is none. */
  readonly keys?: readonly string[] | undefined;
}

const given = <T>(list: readonly T[] | undefined): readonly T[] | null =>
  list === undefined || list.length === 0 ? null : list;

/** Places that observation and severity let through; null when they let through all. */
export function meantPlaces({ observation, severity, inferred }: FindingFilter): readonly number[] | null {
  const [seen, graded] = [given(observation), given(severity)];
  if (seen === null && graded === null && inferred === undefined) return null;
  const of = (one: Parameters<typeof placesOf>[0]) => placesOf({ ...one, isInferred: inferred });
  return (seen ?? [undefined]).flatMap((observation) =>
    (graded ?? [undefined]).flatMap((severity) => of({ observation, severity })),
  );
}

/** Whether the filter needs the account beside the finding. */
export function needsAccount({ environment }: FindingFilter): boolean {
  return given(environment) !== null;
}

/**
 * What a page and its counts have in common: everything but places and needsWork, which the counts tell apart. With
 * `f` for the finding, and `a` for its account where needsAccount() says so.
 */
export function sharedConditions(ctx: TenantContext, filter: FindingFilter): (Sql | null)[] {
  const { tenantId } = ctx;
  const q = filter.q?.trim();
  const { episode, comebacks, due } = filter;
  return [
    sql`f.tenant_id = ${tenantId}::uuid`,
    oneOf(filter.keys, named),
    oneOf(filter.accountId?.map(uuidOrNothing), (list) => sql`f.account_id = ANY (${list}::uuid[])`),
    oneOf(filter.checkId, (list) => sql`f.check_id = ANY (${list}::text[])`),
    oneOf(filter.status, (list) => sql`f.status = ANY (${list}::text[])`),
    oneOf(filter.assurance, (list) => sql`f.observation = 'passing' AND f.assurance = ANY (${list}::text[])`),
    oneOf(filter.priority, (list) => sql`f.priority = ANY (${list.map(numberOf)}::smallint[])`),
    oneOf(ownerKeys(ctx, filter.owner), (list) => sql`f.owner_key = ANY (${list}::uuid[])`),
    oneOf(filter.cause, (list) => sql`f.cause_rank = ANY (${list.map(rankOf)}::smallint[])`),
    oneOf(filter.region, (list) => sql`f.blind_regions && ${list}::text[]`),
    oneOf(filter.environment, (list) => sql`a.environment = ANY (${list}::text[])`),
    oneOf(filter.claim, claimed),
    episode === undefined ? null : between(sql`f.episode`, episode),
    comebacks === undefined ? null : between(sql`f.comebacks`, comebacks),
    due === undefined ? null : dueWhen(tenantId, due),
    q ? matching(tenantId, q) : null,
  ];
}

/** What the sets of words above depend on, for keptCounts(): `me` is somebody else for everybody. */
export function countQuestion(ctx: TenantContext, filter: FindingFilter): readonly unknown[] {
  const { group: _group, sort: _sort, observation: _seen, severity: _graded, ...rest } = filter;
  const { inferred: _inferred, needsWork: _work, owner, ...shared } = rest;
  return [JSON.stringify(Object.entries(shared).sort()), ownerKeys(ctx, owner)];
}

function oneOf<T>(list: readonly T[] | undefined, condition: (list: T[]) => Sql): Sql | null {
  return list === undefined || list.length === 0 ? null : condition([...list]);
}

function named(keys: readonly string[]): Sql {
  const numbers = keys.flatMap((key) => findingNumber(key) ?? []);
  const ids = keys.filter((key) => z.uuid().safeParse(key).success);
  return sql`(f.number = ANY (${numbers}::int[]) OR f.id = ANY (${ids}::uuid[]))`;
}

function numberOf(priority: string): number {
  return Number(priority.slice(1));
}

function rankOf(cause: string): number {
  return findCause(cause)?.rank ?? noCauseRank;
}

function ownerKeys({ principal }: TenantContext, owners: readonly string[] | undefined) {
  // Nobody's token and no worker is a person: what is theirs is nothing.
  const me = principal.type === "user" ? principal.userId : noId;
  return owners?.map((owner) => (owner === "me" ? me : owner === "none" ? nobody : uuidOrNothing(owner)));
}

const noId = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** A filter that is no id matches nothing, rather than being an error of the database. */
function uuidOrNothing(id: string): string {
  return z.uuid().safeParse(id).success ? id : noId;
}

/** A scan contradicted a claim of this episode, or one stands. */
function claimed(claims: readonly string[]): Sql {
  const wanted = [
    claims.includes("open") ? sql`c.ended_at IS NULL` : null,
    claims.includes("failed")
      ? sql`c.ending = 'refuted' AND c.claimed_by <> 'system' AND c.episode = f.episode`
      : null,
  ].filter((one) => one !== null);
  const [first, second] = wanted;
  if (first === undefined) return sql`false`;
  return sql`EXISTS (SELECT 1 FROM claims c WHERE c.tenant_id = f.tenant_id AND c.finding_id = f.id
                       AND (${second === undefined ? first : sql`(${first}) OR (${second})`}))`;
}

function between(column: Sql, range: string): Sql {
  const { from, to } = rangeOf(range);
  return sql`${column} BETWEEN ${Number(from ?? 0)}::int AND ${Number(to ?? 2_147_483_647)}::int`;
}

/** Days are the organization's. What is not open any more is not due. */
function dueWhen(tenantId: string, due: string): Sql {
  const zone = sql`(SELECT COALESCE(max(time_zone), 'UTC') FROM triage_settings WHERE tenant_id = ${tenantId}::uuid)`;
  const open = sql`f.status IN ('open', 'in_progress', 'awaiting_verification', 'reopened')`;
  if (due === "overdue") return sql`${open} AND f.due_key < business_now()`;
  // The beginning of a day, so many days after one.
  const begins = (day: Sql, plus: number) =>
    sql`(SELECT ((${day})::date + ${plus}::int)::timestamp AT TIME ZONE ${zone})`;
  const today = sql`business_now() AT TIME ZONE ${zone}`;
  const days = due === "today" ? 1 : due === "week" ? 7 : null;
  if (days !== null) {
    return sql`${open} AND f.due_key >= ${begins(today, 0)} AND f.due_key < ${begins(today, days)}`;
  }
  const { from, to } = rangeOf(due);
  const start = from === null ? sql`true` : sql`f.due_key >= ${begins(sql`${from}::text`, 0)}`;
  const end = to === null ? sql`f.due_key < 'infinity'` : sql`f.due_key < ${begins(sql`${to}::text`, 1)}`;
  return sql`${open} AND ${start} AND ${end}`;
}

/**
 * Ignoring case is what a search costs, so only what has case is compared so, and numbers and keys are compared with
 * what could be a part of one.
 */
function matching(tenantId: string, q: string): Sql {
  const text = containing(q);
  const number = /^\d+$/.test(q) ? sql`OR a.aws_account_id LIKE ${text}` : sql``;
  const key = /^[pst]{0,3}-?\d*$/i.test(q)
    ? sql`OR 'PST-' || f.number LIKE ${containing(q.toUpperCase())}`
    : sql``;
  const region = isRegionName(q) ? sql`OR ${q} = ANY (f.blind_regions)` : sql``;
  return sql`(f.check_id LIKE ${containing(q.toLowerCase())} OR f.short ILIKE ${text} ${key} ${region}
              OR f.account_id IN (SELECT a.id FROM accounts a WHERE a.tenant_id = ${tenantId}::uuid
                                    AND (a.name ILIKE ${text} ${number})))`;
}
