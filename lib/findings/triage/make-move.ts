import type { z } from "zod";
import { type Sql, sql } from "@/lib/db/sql";
import type { TenantDb } from "@/lib/db/tenant-db";
import { type FindingEventKind, type FindingStatus, moveLeads } from "@/lib/findings/lifecycle/states";
import { askedEvent, type Consequence, transition } from "@/lib/findings/lifecycle/transition";
import type { NewFindingEvent } from "@/lib/findings/reconcile";
import type { PossibleOwner } from "@/lib/members/possible-owners";
import { actorOf } from "@/lib/tenancy/actor";
import { audit } from "@/lib/tenancy/audit";
import { authorizeAsOwner } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { endClaim } from "./claims";
import { ownerStep } from "./edit-finding";
import { type LockedFinding, lockFinding, requireVersion } from "./lock-finding";
import { moveFacts, refusedMove } from "./refused-move";
import { storeTriage } from "./store-triage";
import type { findingMove } from "./triage-input";

type Move = z.output<typeof findingMove>;

/**
 * Makes a move that a person asked for, in the caller's transaction, which for a claim has the account locked: answers
 * what the finding was when it was read. Throws not_found, forbidden, version_conflict, transition_not_allowed and
 * guard_unmet. Resolved is for refuseResolved().
 */
export async function makeMove(
  db: TenantDb,
  ctx: TenantContext,
  move: Move,
  newOwner: PossibleOwner | undefined,
): Promise<LockedFinding> {
  const isClaim = move.to === "awaiting_verification";
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
  if (!moved.ok) throw refusedMove(moved.refusal, finding, facts);
  await store(db, ctx, finding, move, ownerStep(finding, newOwner), moved);
  return finding;
}

async function store(
  db: TenantDb,
  ctx: TenantContext,
  finding: LockedFinding,
  move: Move,
  owner: ReturnType<typeof ownerStep>,
  moved: { readonly status: FindingStatus; readonly events: readonly Consequence[] },
): Promise<void> {
  const { tenantId } = ctx;
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
  const kind = kindOf(finding, move);
  return { kind, text: `${moveLeads[kind]}${tail}` };
}

function kindOf(finding: LockedFinding, { to }: Move): keyof typeof moveLeads {
  if (to === "awaiting_verification") return "claimed";
  if (to === "open") return "put_back";
  return finding.status === "awaiting_verification" ? "claim_withdrawn" : "started";
}
