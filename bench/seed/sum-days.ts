import type pg from "pg";
import { addDays, type Day } from "@/lib/snapshots/day";
import type { PlannedOrganization } from "./load-sizes";

/** Sums the days as the product does at their end, of organizations that have no sums yet. Answers of how many. */
export async function sumDays(
  client: pg.ClientBase,
  organizations: readonly PlannedOrganization[],
  today: Day,
  tell: (text: string) => void,
): Promise<number> {
  const { rows } = await client.query<{ id: string; slug: string }>(
    `SELECT id::text, slug FROM organizations o
     WHERE slug = ANY ($1) AND NOT EXISTS (SELECT 1 FROM snapshot_progress p WHERE p.tenant_id = o.id) ORDER BY slug`,
    [organizations.map(({ slug }) => slug)],
  );
  // The product reads its addresses when it is loaded.
  const { insertCoverageDay } = await import("@/lib/snapshots/sum-day");
  const { storeProgress } = await import("@/lib/snapshots/progress");
  const { tenantFromJob } = await import("@/lib/tenancy/tenant-from-job");
  const { withTenant } = await import("@/lib/tenancy/with-tenant");
  const daysOf = new Map(organizations.map(({ slug, days }) => [slug, days]));
  for (const [index, { id, slug }] of rows.entries()) {
    const ctx = await tenantFromJob({ tenantId: id }, "load");
    for (let ago = daysOf.get(slug) ?? 0; ago >= 1; ago -= 1) {
      await withTenant(ctx, (db) => insertCoverageDay(db, id, addDays(today, -ago)));
    }
    await withTenant(ctx, (db) => storeProgress(db, id, { nextDay: today, afterAccount: null }));
    if (index % 10 === 0) tell(`Sums of ${slug}, ${rows.length - index - 1} organizations to go`);
  }
  return rows.length;
}
