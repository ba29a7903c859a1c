import { ownerOf } from "@/lib/checks/arn";
import type { EvaluationContext } from "@/lib/checks/check";
import type { Assurance, Verdict } from "@/lib/checks/evaluation";
import type { TrailDescription, TrailStatus } from "@/lib/checks/facts/cloudtrail";
import type { Facts } from "@/lib/checks/facts/facts";
import type { ReadFailure } from "@/lib/checks/facts/reading";

export type Reason =
  | "VALIDATION_ON"
  | "VALIDATION_OFF"
  | "NO_TRAIL_TO_JUDGE"
  | "TRAILS_UNREADABLE"
  | "TRAIL_STATUS_UNREADABLE"
  | "ROLE_NOT_ASSUMABLE";

/** One trail, identified by ARN, as far as this check asks. */
export interface JudgedTrail {
  readonly description: TrailDescription;
  readonly owner: string;
  /** Owned by another account: an organization trail as a member sees it. */
  readonly isForeign: boolean;
  readonly seenIn: readonly string[];
  /** Null when no status could be read. A stopped trail writes no log files, so it does not count. */
  readonly isLogging: boolean | null;
  readonly status: TrailStatus | null;
  readonly statusFailures: readonly ReadFailure[];
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly reason: Reason;
  readonly assurance: Assurance | null;
  readonly trails: readonly JudgedTrail[];
  /** Logging with validation off, the one to change first. */
  readonly failing: readonly JudgedTrail[];
  readonly enabled: readonly string[];
  readonly unread: readonly string[];
  readonly isRegionListRead: boolean;
  /** What stands between this evaluation and a verdict. */
  readonly blockedBy: readonly ReadFailure[];
}

/**
 * Log file validation belongs to a trail (`LogFileValidationEnabled` of DescribeTrails) and holds for all its Regions.
 * It counts for trails that log: those of the account, and organization trails seen in it.
 */
export function judge(read: Partial<Facts>, context: EvaluationContext): Judgement {
  // Without a session there are no facts, whatever was handed in.
  const facts = context.connectionFailure === undefined ? read : {};
  const list = facts.regions;
  const enabled = list?.ok
    ? list.value.filter(({ optInStatus }) => optInStatus !== "not-opted-in").map(({ name }) => name)
    : context.defaultRegions;
  const readings = facts["cloudtrail.trails"] ?? {};
  const unread = enabled.filter((region) => readings[region]?.ok !== true);
  const trails = trailsOf(enabled, facts, context);
  const isOff = (trail: JudgedTrail) => !trail.description.logFileValidationEnabled;
  const failing = trails.filter((trail) => trail.isLogging === true && isOff(trail)).sort(inOrder);
  const undecided = trails.filter((trail) => trail.isLogging === null && isOff(trail));
  const base = { trails, failing, enabled, unread, isRegionListRead: list?.ok === true };
  const refusals = unread.flatMap((region) => {
    const reading = readings[region];
    return reading === undefined || reading.ok ? [] : [reading.failure];
  });
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
    base.isRegionListRead && unread.length === 0 && trails.every((t) => t.isLogging !== null);
  return {
    ...base,
    verdict: "PASS",
    reason: "VALIDATION_ON",
    assurance: isVerified ? "VERIFIED" : "INFERRED",
    blockedBy: [],
  };
}

function trailsOf(
  enabled: readonly string[],
  facts: Partial<Facts>,
  context: EvaluationContext,
): readonly JudgedTrail[] {
  const seen = new Map<string, Map<string, TrailDescription>>();
  for (const region of enabled) {
    const reading = facts["cloudtrail.trails"]?.[region];
    if (!reading?.ok) continue;
    for (const description of reading.value) {
      const places = seen.get(description.arn) ?? new Map();
      seen.set(description.arn, places.set(region, description));
    }
  }
  return [...seen.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([arn, places]) => trailOf(arn, places, facts, context));
}

/** Its home Region speaks for a trail where it can be heard; any other answer is as true of whether it logs. */
function trailOf(
  arn: string,
  places: ReadonlyMap<string, TrailDescription>,
  facts: Partial<Facts>,
  context: EvaluationContext,
): readonly JudgedTrail[] {
  const regions = [...places.keys()].sort();
  const anywhere = places.get(regions[0] ?? "");
  if (anywhere === undefined) return [];
  const description = places.get(anywhere.homeRegion) ?? anywhere;
  const readings = facts["cloudtrail.trail_status"]?.[arn] ?? {};
  const asked = [...new Set([description.homeRegion, ...Object.keys(readings).sort()])];
  const statuses = asked.flatMap((region) => {
    const reading = readings[region];
    return reading?.ok ? [reading.value] : [];
  });
  const statusFailures = asked.flatMap((region) => {
    const reading = readings[region];
    return reading === undefined || reading.ok ? [] : [reading.failure];
  });
  const owner = ownerOf(arn) ?? context.account.id;
  const home = readings[description.homeRegion];
  const isLogging = home?.ok
    ? home.value.isLogging
    : statuses.length === 0
      ? null
      : statuses.some((s) => s.isLogging);
  return [
    {
      description,
      owner,
      isForeign: owner !== context.account.id,
      seenIn: regions,
      isLogging,
      status: home?.ok ? home.value : (statuses[0] ?? null),
      statusFailures,
    },
  ];
}

/** The account's own trails first, for they can be changed here; then those that cover most; then by ARN. */
function inOrder(a: JudgedTrail, b: JudgedTrail): number {
  return rank(a) - rank(b) || (a.description.arn < b.description.arn ? -1 : 1);
}

function rank({ isForeign, description }: JudgedTrail): number {
  return (isForeign ? 2 : 0) + (description.isMultiRegion ? 0 : 1);
}
