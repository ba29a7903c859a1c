import { type EventClasses, isFull, noEvents, union } from "@/lib/checks/cloudtrail/inventory/event-classes";
import { type ResourceChange, readPlan } from "./plan-json";
import { type PlannedTrail, plannedTrail, type TrailOutlook, text } from "./planned-trail";

/** What a deploy of the plan would do to multi-Region coverage. */
export type PlanOutcome = "covers" | "breaks" | "creates_gap" | "leaves_gap" | "unknown";

/** One resource of the plan that matters to the outcome. */
export interface PlanResource {
  readonly address: string;
  /** As Terraform names them: `create`, `update`, `delete`, `no-op`. */
  readonly actions: readonly string[];
  readonly account: string | null;
  /** What it logs before and after; null when it does not exist then. */
  readonly before: string | null;
  readonly after: string | null;
}

export interface PlanEvaluation {
  readonly outcome: PlanOutcome;
  /** 0 covers, 1 fails, 2 cannot say: for pipelines. */
  readonly exitCode: 0 | 1 | 2;
  /** One plain sentence. */
  readonly sentence: string;
  readonly resources: readonly PlanResource[];
  /** Further sentences: interruptions, limits of what a plan can tell. */
  readonly notes: readonly string[];
}

const exitCodes: Readonly<Record<PlanOutcome, 0 | 1 | 2>> = {
  covers: 0,
  breaks: 1,
  creates_gap: 1,
  leaves_gap: 1,
  unknown: 2,
};

/** The worst outcome of any account decides. */
const severity: readonly PlanOutcome[] = ["breaks", "creates_gap", "leaves_gap", "unknown", "covers"];

/**
 * Says of the JSON of `terraform show -json` whether applying it leaves the trails of each account logging all
 * management events in every Region. It knows only the trails of this configuration: others may cover the account.
 */
export function evaluatePlan(plan: unknown): PlanEvaluation {
  const reading = readPlan(plan);
  if (!reading.ok) return result("unknown", reading.why, [], []);
  const trails = reading.changes.filter(({ type }) => type === "aws_cloudtrail").map(plannedTrail);
  const resources = trails.map(resourceOf);
  if (trails.length === 0) {
    const why =
      "This plan contains no trail, so it neither makes nor breaks coverage. Scan the account to know.";
    return result("unknown", why, [], []);
  }
  const lost = lostDestinations(reading.changes, trails);
  const judged = accountsOf(trails).map(([account, own]) => judge(account, own, lost));
  const worst = severity.find((outcome) => judged.some((one) => one.outcome === outcome)) ?? "unknown";
  const sentence = judged.find((one) => one.outcome === worst)?.sentence ?? "";
  const notes = [
    ...trails
      .filter((trail) => trail.isReplaced)
      .map(
        (trail) => `${trail.address} is replaced: nothing is logged between its deletion and its creation.`,
      ),
    ...lost.map(
      ({ address, trail }) => `${address} is deleted: ${trail.address} could not deliver any more.`,
    ),
    ...(reading.isComplete
      ? []
      : ["The plan is not complete: part of the configuration was left out of it."]),
  ];
  if (worst === "covers" && !reading.isComplete) {
    return result(
      "unknown",
      "The trails in this plan cover every Region, but the plan is not complete.",
      resources,
      notes,
    );
  }
  return result(worst, sentence, resources, notes);
}

interface Judgement {
  readonly outcome: PlanOutcome;
  readonly sentence: string;
}

function judge(
  account: string | null,
  trails: readonly PlannedTrail[],
  lost: readonly LostDestination[],
): Judgement {
  const where = account === null ? "" : ` in account ${account}`;
  const undelivered = (trail: PlannedTrail) => lost.some((one) => one.trail === trail);
  const after = trails.filter((trail) => !undelivered(trail)).map((trail) => trail.after);
  const names = (some: readonly PlannedTrail[]) => some.map((trail) => trail.address).join(", ");
  if (isFull(certainly(after))) {
    const covering = trails.filter((trail) => (trail.after?.certain ?? noEvents) !== noEvents);
    return {
      outcome: "covers",
      sentence: `After this plan ${names(covering)} ${covering.length === 1 ? "logs" : "log"} all management events of every Region${where}.`,
    };
  }
  const hadCoverage = isFull(certainly(trails.map((trail) => trail.before)));
  if (isFull(union(after.map((outlook) => outlook?.atBest ?? noEvents)))) {
    const open = trails.filter((trail) => trail.after !== null && trail.after.certain !== trail.after.atBest);
    return {
      outcome: "unknown",
      sentence: `Whether ${names(open)} ${open.length === 1 ? "covers" : "cover"} every Region${where} is only known after apply.`,
    };
  }
  if (hadCoverage) {
    const guilty = trails.filter(
      (trail) => (trail.before?.certain ?? noEvents) !== noEvents && (undelivered(trail) || loses(trail)),
    );
    return {
      outcome: "breaks",
      sentence: `This plan ends multi-Region coverage${where}: ${guilty.map(howLost(undelivered)).join("; ")}.`,
    };
  }
  const created = trails.filter((trail) => trail.before === null && trail.after !== null);
  if (created.length > 0) {
    const why = created.map((trail) => `${trail.address} ${lowerFirst(trail.after?.text ?? "")}`).join(" ");
    return {
      outcome: "creates_gap",
      sentence: `This plan makes a trail that does not cover every Region${where}: ${why}`,
    };
  }
  const left = trails.filter((trail) => trail.after !== null);
  if (left.length === 0) {
    return {
      outcome: "leaves_gap",
      sentence: `This plan deletes ${names(trails)} and leaves no trail of its own${where}.`,
    };
  }
  const why = left.map((trail) => `${trail.address} ${lowerFirst(trail.after?.text ?? "")}`).join(" ");
  return { outcome: "leaves_gap", sentence: `After this plan Regions still go unlogged${where}: ${why}` };
}

function howLost(undelivered: (trail: PlannedTrail) => boolean): (trail: PlannedTrail) => string {
  return (trail) => {
    if (trail.after === null) return `${trail.address} is deleted`;
    if (undelivered(trail)) return `the bucket of ${trail.address} no longer takes its log files`;
    return `${trail.address} ${lowerFirst(trail.after.text).replace(/\.$/, "")}`;
  };
}

function loses(trail: PlannedTrail): boolean {
  const before = trail.before?.certain ?? noEvents;
  return (before & (trail.after?.certain ?? noEvents)) !== before;
}

function certainly(outlooks: readonly (TrailOutlook | null)[]): EventClasses {
  return union(outlooks.map((outlook) => outlook?.certain ?? noEvents));
}

/**
 * Trails by account. A trail that does not exist yet has no ARN: with one account known it belongs there, and with
 * none all belong together. With several it stands alone, for the plan does not say where it goes.
 */
function accountsOf(
  trails: readonly PlannedTrail[],
): readonly (readonly [string | null, readonly PlannedTrail[]])[] {
  const known = [...new Set(trails.flatMap((trail) => trail.account ?? []))];
  const [only] = known;
  if (only === undefined) return [[null, trails]];
  if (known.length === 1) return [[only, trails]];
  const homeless = trails.filter((trail) => trail.account === null).map((trail) => [null, [trail]] as const);
  return [...known.map((id) => [id, trails.filter((trail) => trail.account === id)] as const), ...homeless];
}

interface LostDestination {
  readonly address: string;
  readonly trail: PlannedTrail;
}

/** Buckets, and their policies, that the plan deletes under a trail which stays. */
function lostDestinations(
  changes: readonly ResourceChange[],
  trails: readonly PlannedTrail[],
): readonly LostDestination[] {
  const isDestination = (change: ResourceChange) =>
    ["aws_s3_bucket", "aws_s3_bucket_policy"].includes(change.type);
  // The same bucket or policy at another address: it moved, nothing is lost.
  const stays = (gone: ResourceChange) =>
    changes.some(
      (other) =>
        other.type === gone.type &&
        other.after !== null &&
        text(other.after.bucket) === text(gone.before?.bucket),
    );
  const gone = changes.filter(
    (change) =>
      isDestination(change) &&
      change.actions.join() === "delete" &&
      text(change.before?.bucket) !== null &&
      !stays(change),
  );
  return gone.flatMap((change) =>
    trails
      .filter(
        (trail) =>
          trail.after !== null && trail.bucket !== null && trail.bucket === text(change.before?.bucket),
      )
      .map((trail) => ({ address: change.address, trail })),
  );
}

function resourceOf(trail: PlannedTrail): PlanResource {
  const { address, actions, account, before, after } = trail;
  return { address, actions, account, before: before?.text ?? null, after: after?.text ?? null };
}

function result(
  outcome: PlanOutcome,
  sentence: string,
  resources: readonly PlanResource[],
  notes: readonly string[],
): PlanEvaluation {
  return { outcome, exitCode: exitCodes[outcome], sentence, resources, notes };
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
