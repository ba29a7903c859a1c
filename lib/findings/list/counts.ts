import type { Severity } from "@/lib/checks/evaluation";
import { allOf, type Sql, sql } from "@/lib/db/sql";
import type { TenantReader } from "@/lib/db/tenant-db";
import { atPlace } from "@/lib/findings/finding-place";
import type { Observation } from "@/lib/findings/lifecycle/states";
import type { FindingCounts } from "@/lib/findings/list-view";
import { keptCounts } from "@/lib/tenancy/kept-counts";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import {
  asksNothing,
  callsForWork,
  countQuestion,
  type FindingFilter,
  meantPlaces,
  needsAccount,
  sharedConditions,
} from "./conditions";
import { memberColumn } from "./listed-finding";

interface Cell {
  readonly place: number;
  readonly needs_work: boolean;
  /** What the groups have in common; null when nothing is grouped. */
  readonly member: string | null;
  readonly n: number;
}

/** Counts of a list: those of its tabs, the rows of all its pages, and those of its groups by what they have in common. */
export interface ListCounts {
  readonly total: number;
  readonly counts: FindingCounts;
  readonly groups: ReadonlyMap<string | null, number>;
}

/** Counts what the filters let through, at most every two seconds where that is much. */
export async function countFindings(
  ctx: TenantContext,
  db: TenantReader,
  filter: FindingFilter,
): Promise<ListCounts> {
  const group = countedGroup(filter);
  const cells = await keptCounts(
    ctx,
    db,
    ["findings", group ?? null, ...countQuestion(ctx, filter)],
    () => db.$queryRaw<Cell[]>(cellsOf(ctx, filter)),
    sum,
  );
  const meant = meantPlaces(filter);
  const places = meant === null ? null : new Set(meant);
  const within = cells.filter(
    ({ place, needs_work }) =>
      (places === null || places.has(place)) && (filter.needsWork !== true || needs_work),
  );
  const groups = new Map<string | null, number>();
  for (const { member, n } of within) groups.set(member, (groups.get(member) ?? 0) + n);
  return { total: sum(within), counts: countsOf(cells), groups };
}

/** Accounts are too many to be counted with the rest: those of a page are counted for it. */
function countedGroup({ group }: FindingFilter): FindingFilter["group"] {
  return group === "account" ? undefined : group;
}

/** The statement that counts: over an index that has all it reads, for most filters. What is due is open. */
export function cellsOf(ctx: TenantContext, filter: FindingFilter): Sql {
  const group = countedGroup(filter);
  const zone = group === "dueWeek" ? sql`LEFT JOIN triage_settings t ON t.tenant_id = f.tenant_id` : sql``;
  const account = needsAccount(filter)
    ? sql`JOIN accounts a ON a.tenant_id = f.tenant_id AND a.id = f.account_id`
    : sql``;
  const needsWork =
    filter.due !== undefined ? sql`true` : asksNothing(filter) ? sql`f.needs_work` : callsForWork;
  return sql`
    SELECT f.place, ${needsWork} AS needs_work, ${memberColumn({ group })} AS member, count(*)::int AS n
    FROM findings f ${account} ${zone}
    WHERE ${allOf(sharedConditions(ctx, filter, sql`f.due_at`))} GROUP BY 1, 2, 3`;
}

function countsOf(cells: readonly Cell[]): FindingCounts {
  const known = cells.map(({ place, n }) => ({ ...atPlace(place), n }));
  const observed = (observation: Observation) =>
    sum(known.filter((cell) => cell.observation === observation));
  const failing = (severity: Severity) =>
    sum(known.filter((cell) => cell.observation === "failing" && cell.severity === severity));
  return {
    observation: { failing: observed("failing"), passing: observed("passing"), unknown: observed("unknown") },
    inferred: sum(known.filter((cell) => cell.isInferred)),
    needsWork: sum(cells.filter((cell) => cell.needs_work)),
    severity: {
      CRITICAL: failing("CRITICAL"),
      HIGH: failing("HIGH"),
      MEDIUM: failing("MEDIUM"),
      LOW: failing("LOW"),
    },
  };
}

function sum(cells: readonly { readonly n: number }[]): number {
  return cells.reduce((total, { n }) => total + n, 0);
}
