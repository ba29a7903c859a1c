import { noEvents } from "@/lib/checks/cloudtrail/inventory/event-classes";
import { bucketEffects } from "./bucket-effects";
import type { Configuration } from "./configuration";
import type { DeliveryEffect } from "./delivery-effect";
import { keyEffects } from "./key-effects";
import type { ResourceChange } from "./plan-json";
import { nothing, type PlannedTrail, type TrailOutlook } from "./planned-trail";

export interface DestinationEffect extends DeliveryEffect {
  readonly trail: PlannedTrail;
}

export interface Destinations {
  readonly effects: readonly DestinationEffect[];
  /** The trail with the outlook that is left once its bucket and key are as the plan leaves them. */
  readonly delivered: (trail: PlannedTrail) => PlannedTrail;
}

/** What the plan does to the buckets and keys of its trails, in whichever account they are. */
export function readDestinations(
  trails: readonly PlannedTrail[],
  changes: readonly ResourceChange[],
  configuration: Configuration,
): Destinations {
  const effects = trails.flatMap((trail) =>
    [
      ...bucketEffects(trail, changes, configuration),
      ...keyEffects(trail, changes),
      ...trustedAccess(trail, changes),
    ].map((effect) => ({
      ...effect,
      trail,
      kind: effect.change.isDeferred && effect.kind === "lost" ? ("doubtful" as const) : effect.kind,
    })),
  );
  return {
    effects,
    delivered: (trail) => {
      const own = effects.filter((effect) => effect.trail === trail && effect.kind !== "interrupted");
      const worst = own.find(({ kind }) => kind === "lost") ?? own[0];
      if (worst === undefined || trail.after === null) return trail;
      // The plan speaks of a trail whose bucket or key it changes.
      return { ...trail, isUnplanned: false, after: { ...trail.after, outlook: undelivered(trail, worst) } };
    },
  };
}

function undelivered(trail: PlannedTrail, { change, kind, what }: DeliveryEffect): TrailOutlook {
  const outlook = trail.after?.outlook ?? nothing("");
  const why = `${change.address} ${what}`;
  if (kind === "doubtful") {
    return {
      ...outlook,
      certain: noEvents,
      isDeliveryDoubted: true,
      text: `May not deliver any more: ${why}.`,
    };
  }
  // AWS refuses to create a trail that cannot write to its bucket: the plan asked for it all the same.
  const somewhere = trail.before === null ? outlook.somewhere : noEvents;
  return { ...nothing(`Cannot deliver: ${why}.`), somewhere };
}

/** Organization trails need the trusted access of CloudTrail to the AWS organization (CloudTrail user guide). */
function trustedAccess(trail: PlannedTrail, changes: readonly ResourceChange[]): readonly DeliveryEffect[] {
  if (trail.after?.isOrganization !== true) return [];
  return changes
    .filter(({ type }) => type === "aws_organizations_organization")
    .flatMap((change) => {
      const trusts = (values: ResourceChange["after"]) =>
        JSON.stringify(values?.aws_service_access_principals ?? null).includes("cloudtrail.amazonaws.com");
      const ends = trusts(change.before) && !trusts(change.after) && !change.actions.includes("forget");
      return ends
        ? [
            {
              change,
              kind: "doubtful" as const,
              what: "ends the trusted access of CloudTrail to the organization",
            },
          ]
        : [];
    });
}
