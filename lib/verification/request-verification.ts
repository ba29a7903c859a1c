import type { z } from "zod";
import { lockAccount } from "@/lib/accounts/account-lock";
import type { TenantDb } from "@/lib/db/tenant-db";
import { knownFinding } from "@/lib/findings/known-finding";
import { openClaimOf } from "@/lib/findings/triage/claims";
import { type LockedFinding, lockFinding, requireVersion } from "@/lib/findings/triage/lock-finding";
import { parse } from "@/lib/input/parse";
import { audit } from "@/lib/tenancy/audit";
import { authorizeAsOwner, authorizeOwners } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { claimIn } from "./move-finding";
import { requireReadable } from "./require-readable";
import { tryAgainAtOnce } from "./retry-verification";
import { type StartedVerification, startVerification, verificationRunning } from "./start-verification";
import { verificationRequest } from "./verification-input";
import { type VerificationStatus, verificationStatuses } from "./verification-states";

/**
 * Has a finding proven fixed: leads, admins, and its owner. While it is open that claims that it is fixed, as a move to
 * awaiting verification does. While it awaits verification it is verified again, at once where the last attempt was
 * inconclusive. What is resolved is proven again, and can only stay so or fail. Throws invalid_input, not_found,
 * forbidden, version_conflict, guard_unmet, transition_not_allowed, and verification_running while one goes on.
 */
export async function requestVerification(
  ctx: TenantContext,
  input: z.input<typeof verificationRequest>,
): Promise<StartedVerification> {
  authorizeOwners(ctx, "finding.claim");
  const request = parse(verificationRequest, input);
  const { tenantId } = ctx;
  return withTenant(ctx, async (db) => {
    // The account first, as scans take them: then neither waits for the other.
    await lockAccount(db, tenantId, (await knownFinding(db, tenantId, request.key)).accountId);
    const finding = await lockFinding(db, tenantId, request.key);
    authorizeAsOwner(ctx, "finding.claim", finding.ownerId);
    requireVersion(finding, request.version);
    const requested = await begin(db, ctx, finding, request);
    await audit(db, ctx, "verification.requested", `verification:${requested.id}`, {
      number: requested.number,
      key: finding.key,
      status: finding.status,
      ...(request.note ? { note: request.note } : {}),
    });
    return requested;
  });
}

function begin(
  db: TenantDb,
  ctx: TenantContext,
  finding: LockedFinding,
  request: z.output<typeof verificationRequest>,
): Promise<StartedVerification> {
  switch (finding.status) {
    case "awaiting_verification":
      return verifyAgain(db, ctx, finding);
    case "resolved":
      return proveAgain(db, ctx, finding);
    default:
      // Where there is nothing to claim the lifecycle says so.
      return claimIn(db, ctx, { ...request, to: "awaiting_verification" });
  }
}

async function verifyAgain(
  db: TenantDb,
  ctx: TenantContext,
  finding: LockedFinding,
): Promise<StartedVerification> {
  requireReadable(finding);
  const { id: findingId, accountId, episode } = finding;
  const open = await openVerificationOf(db, ctx.tenantId, findingId);
  if (open?.status === "inconclusive") {
    await tryAgainAtOnce(db, ctx, { id: open.id, accountId });
    return { id: open.id, number: open.number };
  }
  if (open) throw verificationRunning(open.number);
  const claimId = await openClaimOf(db, ctx.tenantId, findingId);
  return startVerification(db, ctx, { findingId, accountId, episode, claimId, trigger: "person" });
}

/** One that has not ended. */
async function openVerificationOf(
  db: TenantDb,
  tenantId: string,
  findingId: string,
): Promise<{ readonly id: string; readonly number: number; readonly status: VerificationStatus } | null> {
  const [row] = await db.$queryRaw<{ id: string; number: number; status: string }[]>`
    SELECT id::text, number, status FROM verifications
    WHERE tenant_id = ${tenantId}::uuid AND finding_id = ${findingId}::uuid AND finished_at IS NULL`;
  return row ? { ...row, status: verificationStatuses.parse(row.status) } : null;
}

async function proveAgain(
  db: TenantDb,
  ctx: TenantContext,
  finding: LockedFinding,
): Promise<StartedVerification> {
  requireReadable(finding);
  const { id: findingId, accountId, episode } = finding;
  return startVerification(db, ctx, { findingId, accountId, episode, claimId: null, trigger: "person" });
}
