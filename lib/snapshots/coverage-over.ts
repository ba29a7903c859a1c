import type { z } from "zod";
import { allOf, sql } from "@/lib/db/sql";
import { parse } from "@/lib/input/parse";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { coverageCheck, overQuery } from "./coverage-input";
import { sumOfSeconds } from "./coverage-totals";
import type { CoverageOfDay, CoverageOver } from "./coverage-view";
import { dayFrom, monthOfDay } from "./day";
import { takenThrough } from "./progress";

interface Row {
  readonly day: Date;
  readonly accounts: number;
  readonly unknown_accounts: number;
  readonly covered: number;
  readonly partial: number;
  readonly uncovered: number;
  readonly unknown: number;
}

/**
 * How much of the Regions' time was covered from one day to another, by day and in all; of accounts that had the
 * environment on the day, when one is named. Only whole days whose snapshots are taken count, so the same question has
 * the same answer next year. Throws invalid_input.
 */
export async function coverageOver(
  ctx: TenantContext,
  input: z.input<typeof overQuery>,
): Promise<CoverageOver> {
  authorize(ctx, "organization.view");
  const { checkId = coverageCheck, environment, from, to } = parse(overQuery, input);
  const { tenantId } = ctx;
  return withTenant(ctx, async (db) => {
    const through = await takenThrough(db, tenantId);
    const conditions = allOf([
      sql`tenant_id = ${tenantId}::uuid`,
      sql`month BETWEEN ${monthOfDay(from)}::date AND ${monthOfDay(to)}::date`,
      sql`day BETWEEN ${from}::date AND ${to}::date`,
      sql`check_id = ${checkId}`,
      environment === undefined ? null : sql`environment = ${environment}`,
    ]);
    const rows = await db.$queryRaw<Row[]>`
      SELECT day, sum(accounts)::int AS accounts, sum(unknown_accounts)::int AS unknown_accounts,
             sum(covered_seconds)::float8 AS covered, sum(partial_seconds)::float8 AS partial,
             sum(uncovered_seconds)::float8 AS uncovered, sum(unknown_seconds)::float8 AS unknown
      FROM coverage_days WHERE ${conditions} GROUP BY day ORDER BY day`;
    const days = rows.map(dayOfRow);
    return {
      checkId,
      from,
      to,
      takenThrough: through,
      total: sumOfSeconds(days.map(({ seconds }) => seconds)),
      days,
    };
  });
}

function dayOfRow(row: Row): CoverageOfDay {
  const { covered, partial, uncovered, unknown } = row;
  return {
    day: dayFrom(row.day),
    accounts: row.accounts,
    unknownAccounts: row.unknown_accounts,
    ...sumOfSeconds([{ covered, partial, uncovered, unknown }]),
  };
}
