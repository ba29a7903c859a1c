import { sql } from "@/lib/db/sql";
import { finishWork, type Held, parkWork } from "@/lib/db/system/work-items";
import type { TenantDb } from "@/lib/db/tenant-db";
import { canonicalJson } from "@/lib/evidence/canonical-json";
import {
  type ClaimEnding,
  claimableStatuses,
  type FindingStatus,
  findingStatuses,
} from "@/lib/findings/lifecycle/states";
import { type LifecycleEvent, transition } from "@/lib/findings/lifecycle/transition";
import type { NewFindingEvent } from "@/lib/findings/reconcile";
import { tellVerification } from "@/lib/findings/tell";
import { endClaim } from "@/lib/findings/triage/claims";
import { storeTriage } from "@/lib/findings/triage/store-triage";
import { audit } from "@/lib/tenancy/audit";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { giveUpAt, lookTimes } from "./looks-schedule";
import type { OpenVerification } from "./open-verification";
import { afterGivingUp, outcomeOf, type Proof, reachedLevel } from "./proof";
import { retryAt, timesOutAt } from "./retry-schedule";
import { failedSentence, inconclusiveSentence, verifiedSentence } from "./words";

export interface Concluding {
  readonly db: TenantDb;
  readonly ctx: TenantContext;
  readonly held: Held;
  readonly verification: OpenVerification;
  /** What the verification knows now. */
  readonly proof: Proof;
  /** Business time. */
  readonly now: Date;
}

/**
 * Stores what a verification knows and does what follows, in the caller's transaction, which holds account, work item
 * and verification locked: parks until the next look, or ends. Only here does a finding become resolved.
 */
export async function conclude(given: Concluding): Promise<object> {
  const calledAt = new Date(given.proof.calledAt ?? given.now);
  const isOver = given.now >= giveUpAt(calledAt);
  const proof = isOver ? afterGivingUp(given.proof) : given.proof;
  const outcome = outcomeOf(proof);
  switch (outcome) {
    case "running":
      return parkUntilNextLook({ ...given, proof }, calledAt);
    case "passed":
      return pass({ ...given, proof });
    case "failed":
      return fail({ ...given, proof });
    case "inconclusive":
      return giveUp({ ...given, proof });
  }
}

async function parkUntilNextLook(
  { db, ctx, held, verification, proof, now }: Concluding,
  calledAt: Date,
): Promise<object> {
  const end = giveUpAt(calledAt);
  const next = lookTimes(calledAt).find((at) => at > now && at < end) ?? end;
  await db.$executeRaw`
    UPDATE verifications SET status = 'running', proof = ${canonicalJson(proof)}::jsonb, next_look_at = ${next},
                             gives_up_at = ${end}
    WHERE tenant_id = ${ctx.tenantId}::uuid AND id = ${verification.id}::uuid`;
  await parkWork(db, held, next);
  return { verification: verification.number, a: proof.a, b: proof.b, next: next.toISOString() };
}

/** Both keys have turned. What was withdrawn, or fails again, in the meantime is not resolved. */
async function pass(given: Concluding): Promise<object> {
  const { db, ctx, held, verification, proof } = given;
  const finding = await lockedFinding(given);
  const isProven = finding.verdict === "PASS" && finding.observation !== "failing";
  const isClaimed = verification.claimId === null || verification.claimId === finding.claimId;
  if (!isProven || !isClaimed) return end(given, "cancelled");
  const text = verifiedSentence(proof, verification.requiredProof);
  if (verification.claimId === null) {
    await storeTriage(db, ctx, verification.findingId, provenSet(verification), [{ kind: "verified", text }]);
  } else {
    await move(given, finding, "verification_passed", { kind: "verified", text });
    await db.$executeRaw`
      UPDATE episodes SET verified_at = business_now()
      WHERE tenant_id = ${ctx.tenantId}::uuid AND finding_id = ${verification.findingId}::uuid
        AND number = ${finding.episode}`;
  }
  await store(given, "passed");
  await finishWork(db, held);
  await tell(given, "verified");
  return said(given, "passed");
}

/** A key was refuted: the claim does not hold. What was proven before and is proven again only scans reopen. */
async function fail(given: Concluding): Promise<object> {
  const { db, held, verification, proof } = given;
  const finding = await lockedFinding(given);
  if (verification.claimId !== null) {
    if (verification.claimId !== finding.claimId) return end(given, "cancelled");
    await move(given, finding, "verification_failed", {
      kind: "verification_failed",
      text: failedSentence(proof),
    });
    await tell(given, "verification_failed");
  }
  await store(given, "failed");
  await finishWork(db, held);
  return said(given, "failed");
}

/** Neither proven nor refuted: tried again by itself until the claim has stood undecided for days. */
async function giveUp(given: Concluding): Promise<object> {
  const { db, ctx, held, verification, proof, now } = given;
  const first = verification.firstGaveUpAt ?? now;
  const finding = await lockedFinding(given);
  if (verification.claimId !== null && verification.claimId !== finding.claimId)
    return end(given, "cancelled");
  const text = inconclusiveSentence(proof);
  if (now >= timesOutAt(first)) {
    if (verification.claimId !== null) {
      await move(given, finding, "verification_timed_out", { kind: "claim_timed_out", text });
    }
    await store(given, "inconclusive");
    await finishWork(db, held);
    return said(given, "inconclusive");
  }
  const next = new Date(Math.min(retryAt(now, verification.retries).getTime(), timesOutAt(first).getTime()));
  await db.$executeRaw`
    UPDATE verifications SET status = 'inconclusive', proof = ${canonicalJson(proof)}::jsonb, next_look_at = ${next},
                             first_gave_up_at = ${first}
    WHERE tenant_id = ${ctx.tenantId}::uuid AND id = ${verification.id}::uuid`;
  if (verification.firstGaveUpAt === null) {
    await storeTriage(db, ctx, verification.findingId, [], [{ kind: "verification_inconclusive", text }]);
    await tell(given, "verification_inconclusive");
  }
  await parkWork(db, held, next);
  return { ...said(given, "inconclusive"), next: next.toISOString() };
}

async function end(given: Concluding, status: "cancelled"): Promise<object> {
  await store(given, status);
  await finishWork(given.db, given.held);
  return said(given, status);
}

interface LockedForVerification {
  readonly status: FindingStatus;
  readonly episode: number;
  readonly observation: string;
  readonly verdict: string | null;
  readonly claimId: string | null;
  readonly claimedFrom: string | null;
}

async function lockedFinding({ db, ctx, verification }: Concluding): Promise<LockedForVerification> {
  const [row] = await db.$queryRaw<(Omit<LockedForVerification, "status"> & { status: string })[]>`
    SELECT f.status, f.episode, f.observation, f.verdict, c.id::text AS "claimId", c.claimed_from AS "claimedFrom"
    FROM findings f
      LEFT JOIN claims c ON c.tenant_id = f.tenant_id AND c.finding_id = f.id AND c.ended_at IS NULL
    WHERE f.tenant_id = ${ctx.tenantId}::uuid AND f.id = ${verification.findingId}::uuid FOR UPDATE OF f`;
  if (!row) throw new Error(`Finding ${verification.findingId} of a verification is gone.`);
  return { ...row, status: findingStatuses.parse(row.status) };
}

/** Moves the finding as the lifecycle says, ends the claim, and writes the line. */
async function move(
  { db, ctx, verification }: Concluding,
  finding: LockedForVerification,
  event: LifecycleEvent,
  line: NewFindingEvent,
): Promise<void> {
  const moved = transition(finding.status, event, {
    episode: finding.episode,
    claimedFrom: claimableStatuses.parseOrNull(finding.claimedFrom),
    isAfterClaim: true,
  });
  if (!moved.ok) throw new Error(`The lifecycle refuses a verification: ${moved.refusal.reason}`);
  const ending = moved.events.find((one) => one.kind === "claim_ended")?.ending;
  const set = [
    sql`status = ${moved.status}`,
    ...(moved.status === "resolved" ? provenSet(verification) : []),
    ...(moved.status === "resolved" ? [sql`due_at = NULL`, sql`due_set_by = NULL`] : []),
  ];
  const change = { before: { status: finding.status }, after: { status: moved.status } };
  await storeTriage(db, ctx, verification.findingId, set, [{ ...line, ...change }]);
  if (ending) await endClaim(db, ctx.tenantId, verification.findingId, ending satisfies ClaimEnding);
  await audit(db, ctx, `finding.${line.kind}`, `finding:${verification.findingId}`, {
    verificationId: verification.id,
    before: finding.status,
    after: moved.status,
  });
}

function provenSet({ id }: OpenVerification) {
  return [sql`verified_at = business_now()`, sql`verification_id = ${id}::uuid`];
}

async function store(
  { db, ctx, verification, proof }: Concluding,
  status: "passed" | "failed" | "inconclusive" | "cancelled",
): Promise<void> {
  await db.$executeRaw`
    UPDATE verifications SET status = ${status}, proof = ${canonicalJson(proof)}::jsonb, next_look_at = NULL,
                             reached_proof = ${reachedLevel(proof)}, finished_at = business_now()
    WHERE tenant_id = ${ctx.tenantId}::uuid AND id = ${verification.id}::uuid`;
}

async function tell(
  { db, ctx, verification }: Concluding,
  kind: "verified" | "verification_failed" | "verification_inconclusive",
): Promise<void> {
  await tellVerification(db, ctx.tenantId, {
    findingId: verification.findingId,
    verificationId: verification.id,
    kind,
  });
}

function said({ verification, proof }: Concluding, status: string): object {
  return { verification: verification.number, status, a: proof.a, b: proof.b };
}
