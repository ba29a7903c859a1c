import type { z } from "zod";
import { lockAccount } from "@/lib/accounts/account-lock";
import type { TenantDb } from "@/lib/db/tenant-db";
import type { FindingView } from "@/lib/findings/finding-view";
import { readFinding } from "@/lib/findings/get-finding";
import { knownFinding } from "@/lib/findings/known-finding";
import { openClaimOf } from "@/lib/findings/triage/claims";
import { makeMove } from "@/lib/findings/triage/make-move";
import { refuseResolved } from "@/lib/findings/triage/refuse-resolved";
import { findingMove } from "@/lib/findings/triage/triage-input";
import { parse } from "@/lib/input/parse";
import { type PossibleOwner, requirePossibleOwner } from "@/lib/members/possible-owners";
import { authorizeOwners } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { type StartedVerification, startVerification } from "./start-verification";

/**
 * Moves a finding as the lifecycle allows: leads, admins, and its owner. A claim that it is fixed begins a verification,
 * which proves it or takes the claim back. Answers the finding as it then is, and which verification that is. Throws invalid_input,
 * not_found, forbidden, version_conflict, transition_not_allowed, guard_unmet, and for Resolved verification_required,
 * whoever asks: the attempt is written to the audit log.
 */
export async function moveFinding(
  ctx: TenantContext,
  input: z.input<typeof findingMove>,
): Promise<FindingView & { readonly verificationId: string | null }> {
  authorizeOwners(ctx, "finding.triage");
  const move = parse(findingMove, input);
  if (move.to === "resolved") return refuseResolved(ctx, move.key);
  const newOwner = move.ownerId ? await requirePossibleOwner(ctx, move.ownerId) : undefined;
  const started = await performMove(ctx, move, newOwner);
  return { ...(await readFinding(ctx, move.key)), verificationId: started?.id ?? null };
}

/**
 * The same in one transaction, without reading the finding again; not for Resolved. Answers the verification that a
 * claim began.
 */
export async function performMove(
  ctx: TenantContext,
  move: z.output<typeof findingMove>,
  newOwner?: PossibleOwner,
): Promise<StartedVerification | null> {
  return withTenant(ctx, async (db) => {
    // The account first, as scans and verifications take them: then neither waits for the other. A claim begins a
    // verification, and a withdrawal ends one.
    await lockAccount(db, ctx.tenantId, (await knownFinding(db, ctx.tenantId, move.key)).accountId);
    if (move.to === "awaiting_verification") return claimIn(db, ctx, move, newOwner);
    await makeMove(db, ctx, move, newOwner);
    return null;
  });
}

/** Claims a finding fixed and begins to prove it, in the caller's transaction, which has its account locked. */
export async function claimIn(
  db: TenantDb,
  ctx: TenantContext,
  move: z.output<typeof findingMove>,
  newOwner?: PossibleOwner,
): Promise<StartedVerification> {
  const { id, accountId, episode } = await makeMove(db, ctx, move, newOwner);
  const claimId = await openClaimOf(db, ctx.tenantId, id);
  return startVerification(db, ctx, { findingId: id, accountId, episode, claimId, trigger: "claim" });
}
