import type { TenantDb } from "@/lib/db/tenant-db";
import { tellUnreadable } from "@/lib/findings/tell";

/** From so many scans in a row on that could read nothing, somebody is told. */
const tellAfter = 3;

/** Each of them may have been tried again three times, and the one before them ended their row. */
const looksBack = (tellAfter + 1) * 4;

/**
 * Tells people once that an account cannot be read, when the scan that just ended is the third in a row that read
 * nothing. Being tried again soon does not count as another scan, and a scan that we gave up ourselves says nothing of
 * the account. In the transaction that ends the scan, which holds the account and its findings.
 */
export async function tellWhenUnreadable(
  db: TenantDb,
  tenantId: string,
  { accountId, scanId }: { accountId: string; scanId: string },
): Promise<void> {
  const scans = await db.$queryRaw<{ id: string; status: string; retry: number }[]>`
    SELECT id::text, status, retry FROM scans
    WHERE tenant_id = ${tenantId}::uuid AND account_id = ${accountId}::uuid
      AND status IN ('complete', 'partial', 'failed') AND regions_read IS NOT NULL
    ORDER BY requested_at DESC, number DESC LIMIT ${looksBack}`;
  const lastRead = scans.findIndex(({ status }) => status !== "failed");
  const unread = (lastRead === -1 ? scans : scans.slice(0, lastRead)).filter(({ retry }) => retry === 0);
  if (unread.length !== tellAfter || unread[0]?.id !== scanId) return;
  await tellUnreadable(db, tenantId, { accountId, since: unread.at(-1)?.id ?? scanId });
}
