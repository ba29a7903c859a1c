import type { TenantDb, TenantReader } from "@/lib/db/tenant-db";
import type { Month } from "./month";
import { packJson, unpackJson } from "./packed-json";

/** Keeps what the checks of a scan were given, once for all of them. `text` is canonical JSON of facts and context. */
export async function insertScanFacts(
  db: TenantDb,
  tenantId: string,
  month: Month,
  scanId: string,
  text: string,
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO scan_facts (tenant_id, month, scan_id, facts)
    VALUES (${tenantId}::uuid, ${month}::date, ${scanId}::uuid, ${packJson(text)})`;
}

/** Facts and context of a scan; null when there are none, or their month has been dropped. */
export async function readScanFacts(
  db: TenantReader,
  tenantId: string,
  month: Month,
  scanId: string,
): Promise<unknown> {
  const rows = await db.$queryRaw<{ facts: Uint8Array }[]>`
    SELECT facts FROM scan_facts
    WHERE tenant_id = ${tenantId}::uuid AND month = ${month}::date AND scan_id = ${scanId}::uuid`;
  return rows[0] ? unpackJson(rows[0].facts) : null;
}
