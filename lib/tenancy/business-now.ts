import type { TenantDb } from "@/lib/db/tenant-db";

/** The business time: the database's, and ahead of it where a demo or test installation says so. */
export async function businessNow(db: TenantDb): Promise<Date> {
  const rows = await db.$queryRaw<{ now: Date }[]>`SELECT business_now() AS now`;
  if (!rows[0]) throw new Error("The database did not tell the time.");
  return rows[0].now;
}
