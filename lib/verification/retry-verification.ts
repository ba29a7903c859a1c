import type { z } from "zod";
import { lockAccount } from "@/lib/accounts/account-lock";
import { promoteWork } from "@/lib/db/system/work-items";
import type { TenantDb } from "@/lib/db/tenant-db";
import { AppError, notFound } from "@/lib/errors";
import { canonicalJson } from "@/lib/evidence/canonical-json";
import { lockFinding } from "@/lib/findings/triage/lock-finding";
import { parse } from "@/lib/input/parse";
import { audit } from "@/lib/tenancy/audit";
import { authorizeAsOwner, authorizeOwners } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { addWork } from "@/lib/work-items/work-kind";
import { beginAgain, type Proof } from "./proof";
import { requireReadable } from "./require-readable";
import { type StartedVerification, verificationRunning } from "./start-verification";
import { readProof } from "./stored-proof";
import { verificationRetry } from "./verification-input";
import { verificationWork } from "./verification-work";

/**
 * Has an inconclusive verification try again at once: leads, admins, and the owner of its finding. Configuration is
 * read anew; what was delivered stays, so that Regions are looked at which have not delivered. `regions` says of which
 * of them that is expected. Throws invalid_input for a Region that is not enabled or has delivered, not_found,
 * forbidden, guard_unmet, conflict once it has ended, and verification_running while it goes on.
 */
export async function retryVerification(
  ctx: TenantContext,
  input: z.input<typeof verificationRetry>,
): Promise<StartedVerification> {
  authorizeOwners(ctx, "finding.claim");
  const { id, regions } = parse(verificationRetry, input);
  const { tenantId } = ctx;
  return withTenant(ctx, async (db) => {
    const { findingId, accountId } = await placeOf(db, tenantId, id);
    await lockAccount(db, tenantId, accountId);
    const finding = await lockFinding(db, tenantId, findingId);
    authorizeAsOwner(ctx, "finding.claim", finding.ownerId);
    const { number, status, isOver, proof } = await read(db, tenantId, id);
    if (isOver) {
      throw new AppError(
        "conflict",
        `Verification #${number} has ended. Request another one of the finding.`,
      );
    }
    if (status !== "inconclusive") throw verificationRunning(number);
    requireReadable(finding);
    if (regions) requireOutstanding(proof, regions);
    await tryAgainAtOnce(db, ctx, { id, accountId });
    const data = { number, key: finding.key, ...(regions ? { regions } : {}) };
    await audit(db, ctx, "verification.retried", `verification:${id}`, data);
    return { id, number };
  });
}

/** Wakes an inconclusive verification in the caller's transaction, which has its account locked. */
export async function tryAgainAtOnce(
  db: TenantDb,
  ctx: TenantContext,
  { id, accountId }: { readonly id: string; readonly accountId: string },
): Promise<void> {
  const { tenantId } = ctx;
  // The item before the row, as the worker takes them: then neither waits for the other.
  await promoteWork(db, tenantId, verificationWork.kind, id);
  await addWork(db, verificationWork, { tenantId, subjectId: id, accountId, isAwaited: true });
  const { proof } = await read(db, tenantId, id);
  await db.$executeRaw`
    UPDATE verifications
    SET status = 'running', scan_id = NULL, looks = 0, next_look_at = NULL, gives_up_at = NULL,
        proof = ${canonicalJson(beginAgain(proof))}::jsonb
    WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid`;
}

async function placeOf(
  db: TenantDb,
  tenantId: string,
  id: string,
): Promise<{ findingId: string; accountId: string }> {
  const [row] = await db.$queryRaw<{ findingId: string; accountId: string }[]>`
    SELECT finding_id::text AS "findingId", account_id::text AS "accountId" FROM verifications
    WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid`;
  if (!row) throw notFound();
  return row;
}

async function read(
  db: TenantDb,
  tenantId: string,
  id: string,
): Promise<{ number: number; status: string; isOver: boolean; proof: Proof }> {
  const [row] = await db.$queryRaw<{ number: number; status: string; isOver: boolean; proof: unknown }[]>`
    SELECT number, status, finished_at IS NOT NULL AS "isOver", proof FROM verifications
    WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid`;
  if (!row) throw notFound();
  return { ...row, proof: readProof(row.proof) };
}

/** Each of the Regions is enabled in the account and has not delivered yet. */
function requireOutstanding({ regions: known }: Proof, regions: readonly string[]): void {
  const refusals = regions.flatMap((name, index): [string, string][] => {
    const region = known.find((one) => one.region === name);
    if (region === undefined) return [[`regions.${index}`, `${name} is not enabled in this account.`]];
    return region.b.state === "passed" ? [[`regions.${index}`, `${name} has delivered already.`]] : [];
  });
  if (refusals.length === 0) return;
  const detail = refusals.map(([, text]) => text).join(" ");
  throw new AppError("invalid_input", detail, { fields: Object.fromEntries(refusals) });
}
