import type { DeliveringTrail, ExpectedDelivery } from "@/lib/checks/delivery";
import type { Evaluation, RegionOutcome } from "@/lib/checks/evaluation";
import type {
  InheritanceState,
  KeyReason,
  KeyRegionState,
  KeyState,
  ProofLevel,
  VerificationStatus,
} from "./verification-states";
import { proofLevels } from "./verification-states";
import type { KeyEvidence } from "./verification-view";

/** A key in one Region, as stored. */
export interface RegionKey {
  readonly state: KeyRegionState;
  readonly reason: KeyReason | null;
  readonly at: string | null;
  readonly evidence: KeyEvidence | null;
}

export interface RegionProof {
  readonly region: string;
  readonly a: RegionKey;
  readonly b: RegionKey;
  /** What should deliver our call. */
  readonly trails: readonly DeliveringTrail[];
}

/**
 * All that a verification knows, as stored. Both keys of the check as a whole are stored for a check without Regions:
 * there `b` is a second reading.
 */
export interface Proof {
  readonly a: KeyState;
  readonly b: KeyState;
  readonly inheritance: InheritanceState;
  readonly awsOrganizationId: string | null;
  /** The scan that Key A rests on: its reads of trails are the calls whose delivery is looked for. */
  readonly scanId: string | null;
  /** The role session of that scan: the name that the events of its calls carry. */
  readonly session: string | null;
  /** When the looks for delivery began to count, in business time. */
  readonly calledAt: string | null;
  /** Whether Key B is delivery in every Region, or a second reading. */
  readonly byDelivery: boolean;
  readonly regions: readonly RegionProof[];
}

/** One of our own calls: a read that every trail of its Region should record. */
export interface Canary {
  readonly region: string;
  /** When AWS answered; null when it did not, or refused. */
  readonly sentAt: string | null;
  readonly requestId: string | null;
  /** How it failed. */
  readonly failure: { readonly kind: string; readonly text: string } | null;
}

/** What a look found out about our call in one Region. */
export interface Sighting {
  readonly region: string;
  readonly state: Exclude<KeyRegionState, "exempt">;
  readonly reason: KeyReason | null;
  readonly evidence: KeyEvidence;
}

export const emptyProof: Proof = {
  a: "waiting",
  b: "waiting",
  inheritance: "unknown",
  awsOrganizationId: null,
  scanId: null,
  session: null,
  calledAt: null,
  byDelivery: true,
  regions: [],
};

/**
 * The proof after the reading of configuration. Key A is the check's own verdict: PASS turns it; a Region that nobody
 * could read is exempt only where an explicit policy closes it to us, and is inconclusive otherwise. Key B waits where
 * our call was answered. What an earlier round proved by delivery stays when `earlier` holds it: `keepSince` bounds its
 * age, because both keys belong to one day.
 */
export function beginProof(input: {
  readonly evaluation: Evaluation;
  readonly delivery: ExpectedDelivery | null;
  readonly canaries: readonly Canary[];
  readonly scanId: string;
  readonly session: string;
  /** Business time. */
  readonly at: string;
  readonly earlier?: Proof;
  readonly keepSince?: string;
}): Proof {
  const { evaluation, delivery, scanId, session, at } = input;
  const canaries = new Map(input.canaries.map((canary) => [canary.region, canary]));
  const earlier = new Map((input.earlier?.regions ?? []).map((proof) => [proof.region, proof]));
  const regions = evaluation.regions
    .filter(({ state }) => state !== "not_enabled")
    .map((outcome): RegionProof => {
      const { name } = outcome;
      const canary = canaries.get(name);
      const isClosed = canary?.failure?.kind === "denied_by_scp";
      const trails = delivery?.trails[name] ?? [];
      const b = keyBAtFirst({ canary, isClosed, trails, at });
      const kept = keptFrom(earlier.get(name), input.keepSince);
      return {
        region: name,
        a: keyA(outcome, isClosed, at),
        b: b.state === "waiting" ? (kept ?? b) : b,
        trails,
      };
    });
  const a = keyAState(evaluation, regions);
  const byDelivery = delivery !== null;
  return {
    a,
    b: byDelivery ? keyBState(regions) : "waiting",
    inheritance: inheritanceOf(delivery),
    awsOrganizationId: delivery?.awsOrganizationId ?? null,
    scanId,
    session,
    calledAt: at,
    byDelivery,
    regions,
  };
}

/** The proof when the account could not be read at all: no key has turned, and none was refuted. */
export function unreadProof(earlier: Proof, at: string): Proof {
  return { ...earlier, a: "inconclusive", calledAt: at };
}

/** The proof when it is begun anew: what was delivered stays, for as long as both keys may lie apart. */
export function beginAgain(earlier: Proof): Proof {
  return { ...earlier, a: "waiting", b: "waiting" };
}

/** Key B of a check of the whole account: a second reading, some time after the first. */
export function afterSecondReading(proof: Proof, verdict: Evaluation["verdict"]): Proof {
  const states = { PASS: "passed", FAIL: "failed", NOT_EVALUATED: "inconclusive" } as const;
  return { ...proof, b: states[verdict] };
}

function keyA(outcome: RegionOutcome, isClosed: boolean, at: string): RegionKey {
  const none = { at, evidence: null };
  switch (outcome.state) {
    case "covered":
      return { state: "passed", reason: null, ...none };
    case "partial":
      return { state: "failed", reason: "partly_covered", ...none };
    case "uncovered":
      return { state: "failed", reason: "not_covered", ...none };
    default:
      return isClosed
        ? { state: "exempt", reason: "closed_by_policy", ...none }
        : { state: "inconclusive", reason: "not_read", ...none };
  }
}

/** The verdict decides. A pass that rests on Regions that might have been read is not one. */
function keyAState(evaluation: Evaluation, regions: readonly RegionProof[]): KeyState {
  if (evaluation.verdict === "FAIL") return "failed";
  if (evaluation.verdict === "NOT_EVALUATED") return "inconclusive";
  return regions.every(({ a }) => a.state === "passed" || a.state === "exempt") ? "passed" : "inconclusive";
}

function keyBAtFirst({
  canary,
  isClosed,
  trails,
  at,
}: {
  canary: Canary | undefined;
  isClosed: boolean;
  trails: readonly DeliveringTrail[];
  at: string;
}): RegionKey {
  if (isClosed) return { state: "exempt", reason: "closed_by_policy", at, evidence: null };
  if (canary?.sentAt == null) {
    const error = canary?.failure?.text;
    const evidence = error === undefined ? null : { error };
    return { state: "inconclusive", reason: "not_sent", at, evidence };
  }
  const sent = {
    sentAt: canary.sentAt,
    ...(canary.requestId === null ? {} : { requestId: canary.requestId }),
  };
  return trails.length === 0
    ? { state: "inconclusive", reason: "no_trail_records_reads", at, evidence: sent }
    : { state: "waiting", reason: null, at: null, evidence: sent };
}

function keptFrom(earlier: RegionProof | undefined, keepSince: string | undefined): RegionKey | null {
  if (earlier?.b.state !== "passed" || keepSince === undefined) return null;
  const sentAt = earlier.b.evidence?.sentAt;
  return sentAt !== undefined && sentAt >= keepSince ? earlier.b : null;
}

function inheritanceOf(delivery: ExpectedDelivery | null): InheritanceState {
  if (delivery === null || delivery.coversNewRegions === null) return "unknown";
  return delivery.coversNewRegions ? "passed" : "failed";
}

/** Key B by delivery: turned when it has in every Region that is not exempt, and in one at least. */
export function keyBState(regions: readonly RegionProof[]): KeyState {
  const states = regions.map(({ b }) => b.state);
  if (states.includes("failed")) return "failed";
  if (states.includes("waiting")) return "waiting";
  if (states.includes("inconclusive")) return "inconclusive";
  return states.includes("passed") ? "passed" : "inconclusive";
}

/** Regions whose delivery is still looked for. */
export function regionsToLookAt(proof: Proof): readonly RegionProof[] {
  return proof.regions.filter(({ b }) => b.state === "waiting");
}

/** The proof after a look. Only Regions that were waiting change. */
export function afterLook(proof: Proof, sightings: readonly Sighting[], at: string): Proof {
  const seen = new Map(sightings.map((sighting) => [sighting.region, sighting]));
  const regions = proof.regions.map((region): RegionProof => {
    const sighting = seen.get(region.region);
    if (sighting === undefined || region.b.state !== "waiting") return region;
    const { state, reason, evidence } = sighting;
    const unreadable = (region.b.evidence?.unreadableLooks ?? 0) + (reason === "status_unreadable" ? 1 : 0);
    const looks = unreadable === 0 ? {} : { unreadableLooks: unreadable };
    const all = { ...lasting(region.b.evidence, state), ...evidence, ...looks };
    return { ...region, b: { state, reason, at, evidence: all } };
  });
  return { ...proof, regions, b: keyBState(regions) };
}

/** What is true whatever a later look finds: our call, and while it is looked for, which files do not hold it. */
function lasting(evidence: KeyEvidence | null, state: KeyRegionState): KeyEvidence {
  const { sentAt, requestId, readUpTo } = evidence ?? {};
  return {
    ...(sentAt === undefined ? {} : { sentAt }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(readUpTo === undefined || state === "passed" ? {} : { readUpTo }),
  };
}

/**
 * The proof when nobody looks any longer. A Region that reports a delivery error has failed; one of which nothing
 * arrived is inconclusive: late is not never.
 */
export function afterGivingUp(proof: Proof): Proof {
  if (!proof.byDelivery) return proof.b === "waiting" ? { ...proof, b: "inconclusive" } : proof;
  const regions = proof.regions.map((region): RegionProof => {
    if (region.b.state !== "waiting") return region;
    return region.b.reason === "delivery_error"
      ? { ...region, b: { ...region.b, state: "failed" } }
      : { ...region, b: { ...region.b, state: "inconclusive", reason: region.b.reason ?? "not_delivered" } };
  });
  return { ...proof, regions, b: keyBState(regions) };
}

/** What both keys say together. Failed as soon as one is; passed only when both have turned. */
export function outcomeOf({ a, b }: Proof): Exclude<VerificationStatus, "cancelled"> {
  if (a === "failed" || b === "failed") return "failed";
  if (a === "waiting" || b === "waiting") return a === "inconclusive" ? "inconclusive" : "running";
  return a === "passed" && b === "passed" ? "passed" : "inconclusive";
}

/** The weakest level that any Region reached; null while Key B has not turned, and where it is no delivery. */
export function reachedLevel(proof: Proof): ProofLevel | null {
  if (proof.b !== "passed" || !proof.byDelivery) return null;
  const places = proof.regions.flatMap(({ b }) =>
    b.state === "passed" && b.evidence?.level ? [proofLevels.values.indexOf(b.evidence.level)] : [],
  );
  return places.length === 0 ? null : (proofLevels.values[Math.min(...places)] ?? null);
}
