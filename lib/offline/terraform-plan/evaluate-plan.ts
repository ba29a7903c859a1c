import { accountsOf, mayBeOne, type PlannedAccount } from "./accounts";
import { type Carrier, carriersIn } from "./carriers";
import { type DestinationEffect, readDestinations } from "./destinations";
import { readIdentities } from "./identity";
import { type Judgement, judgeAccount, names } from "./judge-account";
import { judgeMembers } from "./judge-members";
import { type Plan, readPlan } from "./plan-json";
import { exitCodeOf, type PlanOutcome, worstFirst } from "./plan-outcome";
import { readPlanText } from "./plan-text";
import { isTrail, leftBehind, type PlannedTrail, plannedTrail } from "./planned-trail";
import { handoverNotes, trailNotes } from "./trail-notes";
import { deletedBuckets, unmatchedDestinations } from "./unmatched-destinations";

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

/** What the plan does to one account. */
export interface PlanAccount {
  /** The provider blocks that reach it, with the role that they assume. */
  readonly identity: string;
  readonly accountId: string | null;
  readonly outcome: PlanOutcome;
  readonly sentence: string;
}

export interface PlanEvaluation {
  readonly outcome: PlanOutcome;
  /** 0 covers, 1 fails, 2 cannot say: for pipelines. */
  readonly exitCode: 0 | 1 | 2;
  /** One plain sentence. */
  readonly sentence: string;
  readonly accounts: readonly PlanAccount[];
  readonly resources: readonly PlanResource[];
  /** Further sentences: interruptions, limits of what a plan can tell. */
  readonly notes: readonly string[];
}

/** Judges the text of a file that should hold the JSON of a plan, as people have it. */
export function evaluatePlanText(text: string): PlanEvaluation {
  const reading = readPlanText(text);
  return reading.ok ? evaluatePlan(reading.document) : unreadable(reading.why);
}

/**
 * Says of the JSON of `terraform show -json` whether applying it leaves the trails of each account logging all
 * management events in every Region. It knows only the trails of this configuration: others may cover the account.
 */
export function evaluatePlan(document: unknown): PlanEvaluation {
  const reading = readPlan(document);
  return reading.ok ? judgePlan(reading.plan) : unreadable(reading.why);
}

function judgePlan(plan: Plan): PlanEvaluation {
  const { changes, configuration } = plan;
  const identities = readIdentities(plan);
  const carriers = carriersIn(changes);
  const planned = changes
    .filter(isTrail)
    .flatMap((change) => leftBehind(plannedTrail(change, identities, configuration)))
    .filter(({ before, after }) => before !== null || after !== null);
  const destinations = readDestinations(planned, changes, configuration);
  const trails = planned.map(destinations.delivered);
  const unmatched = unmatchedDestinations(changes, new Set(destinations.effects.map(({ change }) => change)));
  const notes = [
    ...trailNotes(trails),
    ...destinations.effects.map(effectNote),
    ...unmatched,
    ...carriers.map(({ note }) => note),
    ...driftNotes(plan, planned),
    ...(plan.isComplete ? [] : ["The plan is not complete: part of the configuration was left out of it."]),
  ];
  const accounts = accountsOf(trails);
  const judged = judgeAccounts(accounts, carriers, plan.isComplete);
  if (judged.length === 0) return withoutTrail(plan, trails, carriers, unmatched, notes);
  const worst = worstFirst.find((outcome) => judged.some((one) => one.outcome === outcome)) ?? "unknown";
  return {
    outcome: worst,
    exitCode: exitCodeOf[worst],
    sentence: judged.find(({ outcome }) => outcome === worst)?.sentence ?? "",
    accounts: judged,
    resources: [...trails.map(resourceOf), ...destinationsOf(destinations.effects)],
    notes: [...new Set([...notes, ...accounts.flatMap(handoverNotes)])],
  };
}

function judgeAccounts(
  accounts: readonly PlannedAccount[],
  carriers: readonly Carrier[],
  isComplete: boolean,
): readonly PlanAccount[] {
  return accounts.filter(isTouched).flatMap((account) => {
    const others = accounts.filter((other) => other !== account);
    const maybeSame = others.filter((other) => mayBeOne(account, other));
    const judgement: Judgement = judgeAccount(account, { others, maybeSame, carriers, isComplete });
    const own = { identity: account.identity, accountId: account.accountId, ...judgement };
    // Where the owner loses its coverage the plan is refused for that.
    const members = judgement.outcome === "breaks" ? null : judgeMembers(account, others);
    return members === null ? [own] : [own, { accountId: null, ...members }];
  });
}

/** A targeted plan says nothing of accounts that it leaves alone. */
function isTouched({ trails }: PlannedAccount): boolean {
  return trails.some(({ isUnplanned }) => !isUnplanned);
}

/** Without a trail a plan says nothing about coverage, and it may end the delivery of a trail that is elsewhere. */
function withoutTrail(
  { changes }: Plan,
  inState: readonly PlannedTrail[],
  carriers: readonly Carrier[],
  unmatched: readonly string[],
  notes: readonly string[],
): PlanEvaluation {
  const buckets = deletedBuckets(changes);
  const all = [...new Set([...notes, ...(unmatched.length > 0 ? [] : buckets)])];
  return { ...unreadable(whyUnknown(inState, carriers, unmatched.length > 0)), notes: all };
}

function whyUnknown(
  inState: readonly PlannedTrail[],
  carriers: readonly Carrier[],
  endsDelivery: boolean,
): string {
  if (carriers.length > 0) {
    const addresses = carriers.map(({ change }) => change.address).join(", ");
    return `This plan contains no aws_cloudtrail; ${addresses} may carry a trail, which this cannot see. Scan the account to know.`;
  }
  if (endsDelivery) {
    return "This plan contains no trail, and it takes a place from CloudTrail where trails elsewhere may deliver. Scan the accounts to know.";
  }
  if (inState.length > 0) {
    return `This plan contains no trail: it does not speak of ${names(inState)}, which the state holds. Scan the account to know.`;
  }
  return "This plan contains no trail, so it does not say whether every Region is logged. Scan the account to know.";
}

function effectNote({ change, kind, what, trail }: DestinationEffect): string {
  const then = {
    lost: `${trail.address} could not deliver any more.`,
    doubtful: `${trail.address} may not deliver any more.`,
    interrupted: `${trail.address} delivers again afterwards.`,
  }[kind];
  return `${change.address} ${what}: ${then}`;
}

function driftNotes({ drifted }: Plan, trails: readonly PlannedTrail[]): readonly string[] {
  return trails
    .filter(({ address }) => drifted.includes(address))
    .map(({ address }) => `${address} was changed outside Terraform since it was last applied.`);
}

function resourceOf({ address, actions, before, after }: PlannedTrail): PlanResource {
  return {
    address,
    actions,
    account: after?.account ?? before?.account ?? null,
    before: before?.outlook.text ?? null,
    after: after?.outlook.text ?? null,
  };
}

function destinationsOf(effects: readonly DestinationEffect[]): readonly PlanResource[] {
  const changes = [...new Set(effects.map(({ change }) => change))];
  return changes.map((change) => {
    const own = effects.filter((effect) => effect.change === change);
    const users = [...new Set(own.map(({ trail }) => trail.address))].join(", ");
    const after = `${change.address} ${own[0]?.what}.`;
    return {
      address: change.address,
      actions: change.actions,
      account: null,
      before: change.before === null ? null : `Serves the delivery of ${users}.`,
      after: change.after === null ? null : after,
    };
  });
}

function unreadable(sentence: string): PlanEvaluation {
  return {
    outcome: "unknown",
    exitCode: exitCodeOf.unknown,
    sentence,
    accounts: [],
    resources: [],
    notes: [],
  };
}
