import { isFull, noEvents, union } from "@/lib/checks/cloudtrail/inventory/event-classes";
import { regionInfo } from "@/lib/checks/regions";
import { plural } from "@/lib/text";
import type { PlannedAccount } from "./accounts";
import { isReplaced } from "./actions";
import { filled } from "./json";
import { names } from "./judge-account";
import type { PlannedTrail, TrailState } from "./planned-trail";

/** Further sentences about the trails of a plan: interruptions, and what a plan cannot tell. */
export function trailNotes(trails: readonly PlannedTrail[]): readonly string[] {
  return trails.flatMap((trail) => [
    ...replacement(trail),
    ...forgotten(trail),
    ...optInHome(trail),
    ...membersLeft(trail),
  ]);
}

/** Where one trail takes over from another, Terraform promises no order. */
export function handoverNotes({ trails }: PlannedAccount): readonly string[] {
  const covers = (state: TrailState | null) => (state?.outlook.certain ?? noEvents) !== noEvents;
  const gone = trails.filter(({ before, after }) => covers(before) && !covers(after));
  const created = trails.filter(({ before, after }) => !covers(before) && covers(after));
  const stay = trails.filter(({ before, after }) => covers(before) && covers(after));
  const isHandedOver = gone.length > 0 && created.length > 0;
  if (!isHandedOver || isFull(union(stay.map(({ after }) => after?.outlook.certain ?? noEvents)))) return [];
  return [
    `${names(created)} ${plural(created.length, "takes", "take")} over from ${names(gone)}: unless the new is there first, events in between are not logged.`,
  ];
}

function replacement({ address, actions, before, after }: PlannedTrail): readonly string[] {
  if (!isReplaced(actions)) return [];
  if (actions.indexOf("create") > actions.indexOf("delete")) {
    return [`${address} is replaced: nothing is logged between its deletion and its creation.`];
  }
  const name = (state: typeof before) => filled(state?.values.name) ?? filled(state?.values.trail_name);
  const isTaken =
    name(before) !== null && name(before) === name(after) && before?.homeRegion === after?.homeRegion;
  return isTaken
    ? [`${address} is created before the old trail is deleted, under a name that is taken: AWS refuses that.`]
    : [`${address} is replaced, and the new trail is created before the old one goes.`];
}

function forgotten({ address, actions }: PlannedTrail): readonly string[] {
  return actions.includes("forget")
    ? [`${address} leaves the state and stays in AWS as it is; Terraform no longer keeps it so.`]
    : [];
}

/** Rule 4 of organization trails (CloudTrail user guide, creating a trail for an organization). */
function optInHome({ address, after }: PlannedTrail): readonly string[] {
  if (after?.isOrganization !== true || after.homeRegion === null) return [];
  if (after.outlook.atBest === noEvents || !regionInfo(after.homeRegion).isOptIn) return [];
  return [
    `${address} is an organization trail with the home Region ${after.homeRegion}, which is an opt-in Region: members that have not enabled ${after.homeRegion} send it nothing. Create it in a Region that is always enabled.`,
  ];
}

function membersLeft({ address, before, after }: PlannedTrail): readonly string[] {
  return before?.isOrganization === true && before.outlook.atBest !== noEvents && after === null
    ? [`${address} is an organization trail: with it its members lose what it logs for them.`]
    : [];
}
