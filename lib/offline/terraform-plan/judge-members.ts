import { type EventClasses, isFull, noEvents, union } from "@/lib/checks/cloudtrail/inventory/event-classes";
import type { PlannedAccount } from "./accounts";
import { howLost, type Judgement, loses } from "./judge-account";
import type { PlannedTrail, TrailState } from "./planned-trail";

export interface MembersJudgement extends Judgement {
  readonly identity: string;
}

/**
 * What the plan does to the members of the organization whose trails this account owns: they are in no plan, and lose
 * their coverage with the organization trail. Null where nothing is taken from them.
 */
export function judgeMembers(
  account: PlannedAccount,
  others: readonly PlannedAccount[],
): MembersJudgement | null {
  const had = certainly(account.trails, ({ before }) => before);
  if (!isFull(had)) return null;
  // What a targeted plan does not speak of goes on for the members.
  const kept = certainly(account.trails, (trail) => (trail.isUnplanned ? trail.before : trail.after));
  if (isFull(kept)) return null;
  const owner = account.accountId ?? account.identity;
  const identity = `members of the organization of ${owner}`;
  const possible = [account, ...others].flatMap(({ trails }) => trails.flatMap(({ after }) => after ?? []));
  if (isFull(kept | union(possible.filter(isOfOrganization).map(({ outlook }) => outlook.atBest)))) {
    return {
      identity,
      outcome: "unknown",
      sentence: `Whether the ${identity} are still logged in every Region is not in this plan.`,
    };
  }
  const guilty = account.trails.filter(
    (trail) => isOfOrganization(trail.before) && (!isOfOrganization(trail.after) || loses(trail)),
  );
  return {
    identity,
    outcome: "breaks",
    sentence: `This plan ends multi-Region coverage in the ${identity}: ${guilty.map(howMembersLose).join("; ")}.`,
  };
}

function howMembersLose(trail: PlannedTrail): string {
  const { after, address } = trail;
  return after !== null && !isOfOrganization(after)
    ? `${address} is no longer an organization trail`
    : howLost(trail);
}

function isOfOrganization(state: TrailState | null): boolean {
  return state?.isOrganization === true;
}

function certainly(
  trails: readonly PlannedTrail[],
  at: (trail: PlannedTrail) => TrailState | null,
): EventClasses {
  return union(
    trails
      .map(at)
      .filter(isOfOrganization)
      .map((state) => state?.outlook.certain ?? noEvents),
  );
}
