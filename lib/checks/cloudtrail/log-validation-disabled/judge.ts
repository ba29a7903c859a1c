import { takeInventory } from "@/lib/checks/cloudtrail/inventory/inventory";
import { isReadable } from "@/lib/checks/cloudtrail/inventory/region-view";
import type { TrailView } from "@/lib/checks/cloudtrail/inventory/trail-view";
import type { Assurance, Verdict } from "@/lib/checks/evaluation";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { TrailStatus } from "@/lib/checks/facts/cloudtrail";
import type { Facts } from "@/lib/checks/facts/facts";
import type { ReadFailure } from "@/lib/checks/facts/reading";
import { type CoveragePlan, coveragePlan } from "./coverage-plan";

export type Reason =
  | "VALIDATION_ON"
  | "VALIDATION_OFF"
  | "NO_TRAIL_TO_JUDGE"
  | "TRAILS_UNREADABLE"
  | "TRAIL_STATUS_UNREADABLE"
  | "ROLE_NOT_ASSUMABLE";

/** A trail with what this check asks of it. */
export interface JudgedTrail extends TrailView {
  /** Null when no status could be read. A stopped trail writes no log files, so it does not count. */
  readonly isLogging: boolean | null;
  readonly status: TrailStatus | null;
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly reason: Reason;
  readonly assurance: Assurance | null;
  readonly trails: readonly JudgedTrail[];
  /** Logging with validation off, the one to change first. */
  readonly failing: readonly JudgedTrail[];
  /** What the check of coverage does with the trails. */
  readonly plan: CoveragePlan;
  readonly enabled: readonly string[];
  readonly unread: readonly string[];
  readonly isRegionListRead: boolean;
  /** Trails with validation on whose digest files do not arrive: newer log files have no proof. */
  readonly unproven: readonly JudgedTrail[];
  /** What keeps this evaluation from a verdict. */
  readonly blockedBy: readonly ReadFailure[];
}

/**
 * Log file validation belongs to a trail (`LogFileValidationEnabled` of DescribeTrails) and holds for all its Regions.
 * It counts for trails that log: those of the account, and organization trails seen in it.
 */
export function judge(read: Partial<Facts>, context: EvaluationContext): Judgement {
  // Without a session there are no facts, whatever was handed in.
  const facts = context.connectionFailure === undefined ? read : {};
  const inventory = takeInventory(facts, context);
  const enabled = inventory.regions.map(({ name }) => name);
  const unread = inventory.regions.filter((region) => !isReadable(region)).map(({ name }) => name);
  const trails = inventory.trails.map(judged).sort((a, b) => (a.arn < b.arn ? -1 : 1));
  const isOff = (trail: JudgedTrail) => !trail.description.logFileValidationEnabled;
  const plan = coveragePlan(facts, context);
  const failing = trails.filter((trail) => trail.isLogging === true && isOff(trail)).sort(inOrder(plan));
  const undecided = trails.filter((trail) => trail.isLogging === null && isOff(trail));
  const unproven = trails.filter((trail) => !isOff(trail) && lacksDigests(trail, Date.parse(context.now)));
  const base = {
    trails,
    failing,
    unproven,
    plan,
    enabled,
    unread,
    isRegionListRead: inventory.isRegionListRead,
  };
  const refusals = inventory.regions.flatMap((region) => region.failure ?? []);
  const open = (reason: Reason, blockedBy: readonly ReadFailure[]): Judgement => ({
    ...base,
    verdict: "NOT_EVALUATED",
    reason,
    assurance: null,
    blockedBy,
  });
  if (context.connectionFailure !== undefined) return open("ROLE_NOT_ASSUMABLE", [context.connectionFailure]);
  if (unread.length === enabled.length) return open("TRAILS_UNREADABLE", refusals);
  if (failing.length > 0) {
    return { ...base, verdict: "FAIL", reason: "VALIDATION_OFF", assurance: null, blockedBy: [] };
  }
  if (undecided.length > 0) {
    return open(
      "TRAIL_STATUS_UNREADABLE",
      undecided.flatMap((trail) => trail.statusFailures),
    );
  }
  const counting = trails.filter((trail) => trail.isLogging !== false);
  if (counting.length === 0) {
    return unread.length === 0 ? open("NO_TRAIL_TO_JUDGE", []) : open("TRAILS_UNREADABLE", refusals);
  }
  const isVerified =
    base.isRegionListRead &&
    unread.length === 0 &&
    unproven.length === 0 &&
    trails.every((t) => t.isLogging !== null);
  return {
    ...base,
    verdict: "PASS",
    reason: "VALIDATION_ON",
    assurance: isVerified ? "VERIFIED" : "INFERRED",
    blockedBy: [],
  };
}

/** A digest comes every hour, whatever happens; one older than this is the last for a reason. */
const freshDigestMs = 24 * 3_600_000;

/** In some Region in which it logs, digests are refused, or none has come for a day after there were some. */
function lacksDigests({ isLogging, statuses }: JudgedTrail, now: number): boolean {
  if (isLogging !== true) return false;
  return [...statuses.values()].some(
    (status) =>
      status.isLogging &&
      (hasDigestError(status) ||
        (status.latestDigestDeliveryTime !== undefined &&
          now - Date.parse(status.latestDigestDeliveryTime) > freshDigestMs)),
  );
}

/** A field that is there, however empty, is the sign of a failed attempt; an empty one is none. */
export function hasDigestError(status: TrailStatus): boolean {
  return (status.latestDigestDeliveryError ?? "") !== "";
}

/** The home Region's status is preferred; for whether the trail logs, any readable Region will do. */
function judged(view: TrailView): JudgedTrail {
  const home = view.statuses.get(view.description.homeRegion);
  const elsewhere = [...view.statuses].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, status]) => status);
  const [any] = elsewhere;
  const isLogging = home?.isLogging ?? (any === undefined ? null : elsewhere.some((s) => s.isLogging));
  return { ...view, isLogging, status: home ?? any ?? null };
}

/**
 * Trails that stay before those that the check of coverage retires, and the one it changes or keeps first of all. Then
 * the account's own, for they can be changed here; then those that cover most; then by ARN.
 */
function inOrder({ keeps, retires }: CoveragePlan): (a: JudgedTrail, b: JudgedTrail) => number {
  const rank = ({ arn, isForeign, description }: JudgedTrail) =>
    (retires.has(arn) ? 8 : 0) +
    (isForeign ? 4 : 0) +
    (arn === keeps ? 0 : 2) +
    (description.isMultiRegion ? 0 : 1);
  return (a, b) => rank(a) - rank(b) || (a.description.arn < b.description.arn ? -1 : 1);
}
