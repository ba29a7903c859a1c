import type { TenantDb } from "@/lib/db/tenant-db";

/** The next number of a series that counts up per organization. Unique and gapless within committed work. */
export async function nextNumber(
  db: TenantDb,
  tenantId: string,
  series: "scan" | "finding" | "verification",
): Promise<number> {
  const rows = await db.$queryRaw<{ value: number }[]>`
    INSERT INTO counters (tenant_id, name, value) VALUES (${tenantId}::uuid, ${series}, 1)
    ON CONFLICT (tenant_id, name) DO UPDATE SET value = counters.value + 1
    RETURNING value`;
  const row = rows[0];
  if (!row) throw new Error("The counter returned no value.");
  return row.value;
}
