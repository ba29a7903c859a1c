import type { z } from "zod";
import { lockAccount } from "@/lib/accounts/account-lock";
import { type Sql, sql } from "@/lib/db/sql";
import type { TenantDb } from "@/lib/db/tenant-db";
import { AppError } from "@/lib/errors";
import { parse } from "@/lib/input/parse";
import { requireAssignable } from "@/lib/members/assignable";
import { createScan } from "@/lib/scans/create-scan";
import { actorOf } from "@/lib/tenancy/actor";
import { audit } from "@/lib/tenancy/audit";
import { authorizeAsOwner, authorizeOwners } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import type { FindingView } from "../finding-view";
import { readFinding } from "../get-finding";
import { knownFinding } from "../known-finding";
import type { MoveFacts } from "../lifecycle/guards";
import type { FindingEventKind, FindingStatus } from "../lifecycle/states";
import {
  allowedMoves,
  askedEvent,
  type Consequence,
  type Refusal,
  transition,
} from "../lifecycle/transition";
import type { NewFindingEvent } from "../reconcile";
import { endClaim } from "./claims";
import { ownerStep } from "./edit-finding";
import { type LockedFinding, lockFinding, requireVersion } from "./lock-finding";
import { refuseResolved } from "./refuse-resolved";
import { storeTriage } from "./store-triage";
import { findingMove } from "./triage-input";

type Move = z.output<typeof findingMove>;

/**
 * Moves a finding as the lifecycle allows: leads, admins, and its owner. A claim that it is fixed has the account
 * scanned at once, and the scan may take the claim back. Answers the finding as it then is. Throws invalid_input, not_found, forbidden, version_conflict,
 * transition_not_allowed, guard_unmet, and for Resolved verification_required, whoever asks: the attempt is written to
 * the audit log.
 */
export async function moveFinding(
  ctx: TenantContext,
  input: z.input<typeof findingMove>,
): Promise<FindingView> {
  authorizeOwners(ctx, "finding.triage");
  const move = parse(findingMove, input);
  if (move.to === "resolved") return refuseResolved(ctx, move.key);
  if (move.ownerId) await requireAssignable(ctx, move.ownerId);
  const isClaim = move.to === "awaiting_verification";
  await withTenant(ctx, async (db) => {
    // The account first, as scans take them: then neither waits for the other.
    if (isClaim) await lockAccountOf(db, ctx.tenantId, move.key);
    const finding = await lockFinding(db, ctx.tenantId, move.key);
    authorizeAsOwner(ctx, isClaim ? "finding.claim" : "finding.triage", finding.ownerId);
    if (move.ownerId) authorizeAsOwner(ctx, "finding.triage", finding.ownerId);
    requireVersion(finding, move.version);
    const facts = moveFacts(finding, move);
    const moved = transition(finding.status, askedEvent(move.to), {
      episode: finding.episode,
      claimedFrom: finding.claimedFrom,
      move: facts,
    });
    if (!moved.ok) throw refused(moved.refusal, finding, facts);
    await store(db, ctx, finding, move, moved);
    if (isClaim) await createScan(db, ctx, { accountId: finding.accountId, trigger: "manual" });
  });
  return readFinding(ctx, move.key);
}

function moveFacts(finding: LockedFinding, move: Move): MoveFacts {
  return {
    hasOwner: finding.ownerId !== null || move.ownerId !== undefined,
    isAccountReadable: finding.accountStatus === "connected",
    episode: finding.episode,
    reason: move.reason ?? null,
    guardrail: move.guardrail ?? null,
    guardrailWaiver: move.guardrailWaiver ?? null,
  };
}

async function lockAccountOf(db: TenantDb, tenantId: string, key: string): Promise<void> {
  const { accountId } = await knownFinding(db, tenantId, key);
  await lockAccount(db, tenantId, accountId);
}

async function store(
  db: TenantDb,
  ctx: TenantContext,
  finding: LockedFinding,
  move: Move,
  moved: { readonly status: FindingStatus; readonly events: readonly Consequence[] },
): Promise<void> {
  const { tenantId } = ctx;
  const owner = ownerStep(finding, move.ownerId);
  const event: NewFindingEvent = {
    ...lineOf(finding, move),
    before: { status: finding.status },
    after: { status: moved.status },
  };
  const set: Sql[] = [sql`status = ${moved.status}`, ...(owner?.set ?? [])];
  await storeTriage(db, ctx, finding.id, set, owner ? [owner.event, event] : [event]);
  for (const consequence of moved.events) {
    if (consequence.kind === "claim_made") {
      await db.claim.create({
        data: {
          tenantId,
          findingId: finding.id,
          episode: finding.episode,
          claimedFrom: consequence.from,
          claimedBy: actorOf(ctx),
          note: move.note ?? null,
          trailArn: move.claimedTrailArn ?? null,
          guardrail: move.guardrail ?? null,
          guardrailWaiver: move.guardrailWaiver ?? null,
        },
        select: { id: true },
      });
    }
    if (consequence.kind === "claim_ended") await endClaim(db, tenantId, finding.id, consequence.ending);
  }
  await audit(db, ctx, `finding.${event.kind}`, `finding:${finding.id}`, {
    key: finding.key,
    before: finding.status,
    after: moved.status,
    ...(move.reason ? { reason: move.reason } : {}),
    ...(owner ? { ownerId: move.ownerId ?? null } : {}),
  });
}

/** What the history says of a move. */
function lineOf(finding: LockedFinding, move: Move): { kind: FindingEventKind; text: string } {
  const said = move.note ?? move.reason ?? null;
  const tail = said === null ? "" : ` ${said}`;
  if (move.to === "awaiting_verification") return { kind: "claimed", text: `Claimed fixed.${tail}` };
  if (move.to === "open") return { kind: "put_back", text: `Back to Open.${tail}` };
  return finding.status === "awaiting_verification"
    ? { kind: "claim_withdrawn", text: `Claim withdrawn.${tail}` }
    : { kind: "started", text: `In progress.${tail}` };
}

function refused(refusal: Refusal, finding: LockedFinding, facts: MoveFacts): AppError {
  switch (refusal.code) {
    case "guard_unmet":
      return new AppError("guard_unmet", refusal.reason, { guards: refusal.guards });
    case "transition_not_allowed":
      return new AppError("transition_not_allowed", refusal.reason, {
        allowed: allowedMoves(finding.status, facts).map(({ to }) => to),
      });
    case "verification_required":
      return new AppError("verification_required", refusal.reason);
  }
}
