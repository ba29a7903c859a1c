import { type EventClasses, isFull, noEvents, union } from "@/lib/checks/cloudtrail/inventory/event-classes";
import { plural } from "@/lib/text";
import type { PlannedAccount } from "./accounts";
import type { Carrier } from "./carriers";
import type { PlanOutcome } from "./plan-outcome";
import type { PlannedTrail, TrailState } from "./planned-trail";

export interface Judgement {
  readonly outcome: PlanOutcome;
  /** One plain sentence. */
  readonly sentence: string;
}

/** What is outside of an account and may cover it all the same. */
export interface Surroundings {
  /** Accounts that may be this one. */
  readonly maybeSame: readonly PlannedAccount[];
  /** Every other account of the plan: their organization trails reach the members. */
  readonly others: readonly PlannedAccount[];
  readonly carriers: readonly Carrier[];
  readonly isComplete: boolean;
}

/**
 * Judges one account by what is logged in every Region before and after. Trails elsewhere that may reach it make the
 * outcome unknown; they never make it good.
 */
export function judgeAccount(account: PlannedAccount, around: Surroundings): Judgement {
  const { trails } = account;
  const where = account.accountId === null ? "" : ` in account ${account.accountId}`;
  const after = trails.flatMap((trail) => trail.after ?? []);
  const before = trails.flatMap((trail) => trail.before ?? []);
  if (isFull(certainly(after))) {
    const covering = trails.filter((trail) => (trail.after?.outlook.certain ?? noEvents) !== noEvents);
    const sentence = `After this plan ${names(covering)} ${plural(covering.length, "logs", "log")} all management events of every Region${where}`;
    return around.isComplete
      ? { outcome: "covers", sentence: `${sentence}.` }
      : { outcome: "unknown", sentence: `${sentence}, but the plan is not complete.` };
  }
  const open = whatMayCover(account, around, atBest(after));
  if (open !== null) return { outcome: "unknown", sentence: open };
  if (isFull(certainly(before))) {
    const guilty = trails.filter(
      (trail) => (trail.before?.outlook.certain ?? noEvents) !== noEvents && loses(trail),
    );
    return {
      outcome: "breaks",
      sentence: `This plan ends multi-Region coverage${where}: ${guilty.map(howLost).join("; ")}.`,
    };
  }
  if (anywhere(after) === noEvents && anywhere(before) === noEvents) {
    return {
      outcome: "unknown",
      sentence: `${names(trails)} ${plural(trails.length, "logs", "log")} no management events${where}, before or after this plan, so it does not say whether every Region is logged. Scan the account to know.`,
    };
  }
  const created = trails.filter((trail) => trail.before === null && logsAnything(trail.after));
  if (created.length > 0) {
    return {
      outcome: "creates_gap",
      sentence: `This plan creates ${plural(created.length, "a trail that does", "trails that do")} not cover every Region${where}: ${created.map(described).join(" ")}`,
    };
  }
  const left = trails.filter((trail) => trail.after !== null);
  if (left.length === 0) {
    return {
      outcome: "leaves_gap",
      sentence: `This plan deletes ${names(trails)} and leaves no trail of its own${where}.`,
    };
  }
  return {
    outcome: "leaves_gap",
    sentence: `After this plan Regions still go unlogged${where}: ${left.map(described).join(" ")}`,
  };
}

/** What would have to hold for the account to be covered; null when nothing in this plan could cover it. */
function whatMayCover(
  account: PlannedAccount,
  { maybeSame, others, carriers }: Surroundings,
  own: EventClasses,
): string | null {
  const id = account.accountId;
  const where = id === null ? "" : ` in account ${id}`;
  const whose = id === null ? `the account of ${account.identity}` : id;
  const uncertain = account.trails.filter(
    ({ after }) => after !== null && after.outlook.certain !== after.outlook.atBest,
  );
  if (isFull(own)) return uncertainSentence(uncertain, where);
  const organization = others.flatMap(({ trails }) => trails.filter(reachesMembers));
  const byMembers = own | atBest(organization.flatMap((trail) => trail.after ?? []));
  if (isFull(byMembers)) {
    const [first] = organization;
    const owner = first?.after?.account;
    return `Whether every Region is logged${where} depends on the organization trail ${names(organization)}: covered if ${whose} is a member of that organization${owner ? ` (${owner})` : ""}.`;
  }
  const shared = maybeSame.flatMap(({ trails }) => trails);
  if (isFull(byMembers | atBest(shared.flatMap((trail) => trail.after ?? [])))) {
    const theirs = [...new Set(maybeSame.map(({ identity }) => identity))].join(", ");
    return `${account.identity} may reach the same account as ${theirs}. If it does not, ${names(account.trails)} alone ${plural(account.trails.length, "does", "do")} not cover every Region${where}.`;
  }
  const carried = carriers.filter(({ holdsTrailAfter }) => holdsTrailAfter);
  return carried.length > 0
    ? `${carried.map(({ change }) => change.address).join(", ")} ${plural(carried.length, "carries", "carry")} a trail, which this cannot see, and the trails that it sees do not cover every Region${where}.`
    : null;
}

function uncertainSentence(trails: readonly PlannedTrail[], where: string): string {
  if (trails.every((trail) => trail.isUnplanned)) {
    return `This plan does not speak of ${names(trails)}, which covered every Region${where} when the state was last read; whether ${plural(trails.length, "it", "they")} still ${plural(trails.length, "does", "do")} is unknown.`;
  }
  const isDoubted = trails.find(({ after }) => after?.outlook.isDeliveryDoubted);
  if (isDoubted) {
    return `Whether ${names(trails)} ${plural(trails.length, "covers", "cover")} every Region${where} is not in this plan: ${isDoubted.address} ${lowerFirst(isDoubted.after?.outlook.text ?? "")}`;
  }
  return `Whether ${names(trails)} ${plural(trails.length, "covers", "cover")} every Region${where} is only known after apply.`;
}

/** A multi-Region organization trail logs in its members as well, if they have its home Region enabled. */
function reachesMembers({ after }: PlannedTrail): boolean {
  return after?.isOrganization === true && after.outlook.atBest !== noEvents;
}

/** How a trail stops to cover, with its address first. */
export function howLost(trail: PlannedTrail): string {
  const { after, address, actions } = trail;
  if (after === null) return `${address} is ${actions.includes("delete") ? "deleted" : "gone"}`;
  return `${address} ${lowerFirst(after.outlook.text).replace(/\.$/, "")}`;
}

export function loses({ before, after }: PlannedTrail): boolean {
  const had = before?.outlook.certain ?? noEvents;
  return (had & (after?.outlook.certain ?? noEvents)) !== had;
}

function described({ address, after }: PlannedTrail): string {
  return `${address} ${lowerFirst(after?.outlook.text ?? "")}`;
}

function logsAnything(state: TrailState | null): boolean {
  return (state?.outlook.somewhere ?? noEvents) !== noEvents;
}

function certainly(states: readonly TrailState[]): EventClasses {
  return union(states.map(({ outlook }) => outlook.certain));
}

function atBest(states: readonly TrailState[]): EventClasses {
  return union(states.map(({ outlook }) => outlook.atBest));
}

function anywhere(states: readonly TrailState[]): EventClasses {
  return union(states.map(({ outlook }) => outlook.somewhere));
}

export function names(trails: readonly PlannedTrail[]): string {
  return [...new Set(trails.map((trail) => trail.address))].join(", ");
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
