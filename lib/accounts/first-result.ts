import { z } from "zod";
import { notFound } from "@/lib/errors";
import { findingKey } from "@/lib/findings/finding-key";
import { isUnderWay } from "@/lib/runs/run-states";
import { scanStatuses } from "@/lib/scans/scan-states";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";

/** Where a person goes who has just connected an account. */
export type FirstResult =
  | { readonly kind: "scan"; readonly number: number; readonly isUnderWay: boolean }
  /** By its key, or its id while it has none. */
  | { readonly kind: "finding"; readonly key: string }
  | { readonly kind: "account" };

/**
 * The first scan of an account while it runs, or when it failed; then what it found: the finding that a list would show
 * first. Throws not_found for an unknown account.
 */
export async function firstResult(ctx: TenantContext, accountId: string): Promise<FirstResult> {
  authorize(ctx, "organization.view");
  if (!z.uuid().safeParse(accountId).success) throw notFound();
  const { tenantId } = ctx;
  return withTenant(ctx, async (db) => {
    const account = await db.account.findUnique({
      where: { tenantId_id: { tenantId, id: accountId } },
      select: { id: true },
    });
    if (!account) throw notFound();
    const scan = await db.scan.findFirst({
      where: { tenantId, accountId, trigger: "connect" },
      orderBy: { number: "desc" },
      select: { id: true, number: true, status: true },
    });
    if (!scan) return { kind: "account" };
    const status = scanStatuses.parse(scan.status);
    const finding = await db.finding.findFirst({
      where: { tenantId, accountId, lastScanId: { not: null } },
      orderBy: [{ place: "asc" }, { observationSince: "asc" }, { id: "asc" }],
      select: { id: true, number: true },
    });
    if (isUnderWay(status) || status === "failed" || !finding) {
      return { kind: "scan", number: scan.number, isUnderWay: isUnderWay(status) };
    }
    return { kind: "finding", key: findingKey(finding.number) ?? finding.id };
  });
}
