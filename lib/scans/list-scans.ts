import { z } from "zod";
import { cursorNumber, decodeCursor, encodeCursor, pageSize } from "@/lib/paging/cursor";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { scanRow, scanRowInclude } from "./scan-row";
import { scanVerdicts } from "./scan-verdicts";
import type { ScanRow } from "./scan-view";

const cursorKey = z.tuple([cursorNumber]);

export interface ScanFilter {
  readonly accountId?: string | undefined;
  readonly cursor?: string | undefined;
  /** 1 to 200; 50 when absent. */
  readonly limit?: number | undefined;
}

/** Scans of the organization, newest first. */
export async function listScans(
  ctx: TenantContext,
  filter: ScanFilter = {},
): Promise<{ rows: ScanRow[]; nextCursor: string | null }> {
  authorize(ctx, "organization.view");
  const limit = pageSize(filter.limit);
  const below = filter.cursor === undefined ? null : decodeCursor(filter.cursor, cursorKey)[0];
  if (filter.accountId !== undefined && !z.uuid().safeParse(filter.accountId).success) {
    return { rows: [], nextCursor: null };
  }
  return withTenant(ctx, async (db) => {
    const scans = await db.scan.findMany({
      where: {
        tenantId: ctx.tenantId,
        ...(filter.accountId === undefined ? {} : { accountId: filter.accountId }),
        ...(below === null ? {} : { number: { lt: below } }),
      },
      orderBy: { number: "desc" },
      take: limit + 1,
      include: scanRowInclude,
    });
    const page = scans.slice(0, limit);
    const last = page.at(-1);
    const verdicts = await scanVerdicts(db, ctx.tenantId, page);
    return {
      rows: page.map((scan) => scanRow(scan, verdicts.get(scan.id) ?? [])),
      nextCursor: scans.length > limit && last ? encodeCursor([last.number]) : null,
    };
  });
}
