import type { z } from "zod";
import type { TenantDb } from "@/lib/db/tenant-db";
import { AppError } from "@/lib/errors";
import { duePolicyIn } from "@/lib/findings/due/read-due-policy";
import type { TriageSettingsView } from "@/lib/findings/triage-settings-view";
import { parse } from "@/lib/input/parse";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { proofLevels } from "@/lib/verification/verification-states";
import { proofSettings, triageSettings } from "./settings-input";

/** How the organization dates its findings and what proves a fix; version 0 while it works by the defaults. */
export async function readTriageSettings(ctx: TenantContext): Promise<TriageSettingsView> {
  authorize(ctx, "organization.view");
  return withTenant(ctx, async (db) => ({
    ...(await duePolicyIn(db, ctx.tenantId)),
    ...(await versionAndProofOf(db, ctx.tenantId)),
  }));
}

/**
 * Takes effect for due dates that are set from now on; those that are set stay. Throws invalid_input, forbidden and
 * version_conflict.
 */
export async function saveTriageSettings(
  ctx: TenantContext,
  input: z.input<typeof triageSettings>,
): Promise<void> {
  authorize(ctx, "triage.configure");
  const { version, timeZone, critical, high, medium, low, businessDays } = parse(triageSettings, input);
  await withTenant(ctx, async (db) => {
    const before = await duePolicyIn(db, ctx.tenantId);
    // One statement decides between two people who save at once, also where there was no row.
    const saved = await db.$executeRaw`
      INSERT INTO triage_settings AS t (tenant_id, time_zone, due_days_critical, due_days_high, due_days_medium,
                                        due_days_low, business_days)
      SELECT ${ctx.tenantId}::uuid, ${timeZone}, ${critical}, ${high}, ${medium}, ${low}, ${businessDays}
      WHERE ${version} = 0 OR EXISTS (SELECT 1 FROM triage_settings e WHERE e.tenant_id = ${ctx.tenantId}::uuid)
      ON CONFLICT (tenant_id) DO UPDATE
        SET time_zone = excluded.time_zone, due_days_critical = excluded.due_days_critical,
            due_days_high = excluded.due_days_high, due_days_medium = excluded.due_days_medium,
            due_days_low = excluded.due_days_low, business_days = excluded.business_days, version = t.version + 1
        WHERE t.version = ${version}`;
    if (saved === 0) throw await changedMeanwhile(db, ctx.tenantId);
    const after = {
      timeZone,
      days: { CRITICAL: critical, HIGH: high, MEDIUM: medium, LOW: low },
      businessDays,
    };
    await audit(db, ctx, "triage.settings_changed", "triage:settings", {
      before: { ...before, days: { ...before.days } },
      after,
    });
  });
}

/**
 * What counts as proof from the next verification on; admins alone. One version with the rest of the settings. Throws
 * invalid_input, forbidden and version_conflict.
 */
export async function saveRequiredProof(
  ctx: TenantContext,
  input: z.input<typeof proofSettings>,
): Promise<void> {
  authorize(ctx, "proof.configure");
  const { version, requiredProof } = parse(proofSettings, input);
  await withTenant(ctx, async (db) => {
    const { requiredProof: before } = await versionAndProofOf(db, ctx.tenantId);
    const saved = await db.$executeRaw`
      INSERT INTO triage_settings AS t (tenant_id, required_proof)
      SELECT ${ctx.tenantId}::uuid, ${requiredProof}
      WHERE ${version} = 0 OR EXISTS (SELECT 1 FROM triage_settings e WHERE e.tenant_id = ${ctx.tenantId}::uuid)
      ON CONFLICT (tenant_id) DO UPDATE SET required_proof = excluded.required_proof, version = t.version + 1
        WHERE t.version = ${version}`;
    if (saved === 0) throw await changedMeanwhile(db, ctx.tenantId);
    await audit(db, ctx, "triage.required_proof_changed", "triage:settings", {
      before,
      after: requiredProof,
    });
  });
}

async function versionAndProofOf(
  db: TenantDb,
  tenantId: string,
): Promise<Pick<TriageSettingsView, "version" | "requiredProof">> {
  const row = await db.triageSettings.findUnique({
    where: { tenantId },
    select: { version: true, requiredProof: true },
  });
  return { version: row?.version ?? 0, requiredProof: proofLevels.parse(row?.requiredProof ?? "delivered") };
}

async function changedMeanwhile(db: TenantDb, tenantId: string): Promise<AppError> {
  return new AppError(
    "version_conflict",
    "Someone else changed these settings since you read them, and yours were not saved. Save again to replace theirs.",
    { current: { version: (await versionAndProofOf(db, tenantId)).version } },
  );
}
