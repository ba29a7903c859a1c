import { parseArn } from "@/lib/checks/arn";
import { logsOurReads } from "@/lib/checks/cloudtrail/inventory/event-classes";
import { readSelectors } from "@/lib/checks/cloudtrail/inventory/selectors";
import type { OrganizationTrail, TrailDescription } from "./cloudtrail";
import type { FactTraits } from "./fact-trait";
import type { Facts } from "./facts";

const prefix = "trail:";
const readsPrefix = "reads:";
const lookAtSelectors = "read:selectors:";
const lookIn = (region: string) => `read:trails:${region}`;

/** A multi-Region trail, in our history. */
export function trailSubject(arn: string): string {
  return `${prefix}${arn}`;
}

/** That a trail logs read events, in our history. */
export function readEventsSubject(arn: string): string {
  return `${readsPrefix}${arn}`;
}

/** ARN of the trail that a subject of our history is; null when it is none. */
export function trailOfSubject(subject: string): string | null {
  return subject.startsWith(prefix) ? subject.slice(prefix.length) : null;
}

/**
 * Since when a trail is multi-Region: its copies arrive in the other Regions within a day. It is looked for in its
 * home Region, where alone it is certain that what is not listed does not exist.
 */
export const cloudTrailTraits: FactTraits<"cloudtrail.trails"> = {
  sightings: {
    looksIn(trails) {
      return Object.entries(trails).flatMap(([region, reading]) => {
        if (!reading.ok) return [];
        const converted = reading.value.filter((trail) => trail.homeRegion === region && trail.isMultiRegion);
        return [{ look: lookIn(region), subjects: converted.map(({ arn }) => trailSubject(arn)) }];
      });
    },
    lookFor(subject) {
      const arn = trailOfSubject(subject);
      return arn === null ? null : lookIn(parseArn(arn)?.region ?? "");
    },
  },
  // Everything else of a Region builds on its list of trails.
  readsRegionsBy: "cloudtrail:DescribeTrails",
  related: organizationTrails,
};

/**
 * Since when a trail logs read events, when our history saw it without: our own calls are read events, and what happened
 * before is no sign that it should have delivered anything.
 */
export const eventSelectorTraits: FactTraits<"cloudtrail.event_selectors"> = {
  sightings: {
    looksIn(selectors, facts) {
      return Object.entries(selectors).flatMap(([arn, reading]) => {
        if (!reading.ok) return [];
        const read = readSelectors(reading.value);
        // Two empty lists: the trail's description says whether that is the default.
        if (read === null && descriptionOf(arn, facts)?.hasCustomEventSelectors !== false) return [];
        const isSeen = read === null || logsOurReads(read.classes);
        return [{ look: `${lookAtSelectors}${arn}`, subjects: isSeen ? [readEventsSubject(arn)] : [] }];
      });
    },
    lookFor: (subject) =>
      subject.startsWith(readsPrefix) ? `${lookAtSelectors}${subject.slice(readsPrefix.length)}` : null,
  },
};

function descriptionOf(arn: string, facts: Partial<Facts>): TrailDescription | undefined {
  const lists = Object.values(facts["cloudtrail.trails"] ?? {});
  return lists
    .flatMap((reading) => (reading.ok ? reading.value : []))
    .find((description) => description.arn === arn);
}

/** The organization trails among the facts, each with its status in its home Region and its selectors. */
function organizationTrails(facts: Partial<Facts>): readonly OrganizationTrail[] {
  const trails = new Map<string, OrganizationTrail>();
  for (const reading of Object.values(facts["cloudtrail.trails"] ?? {})) {
    if (!reading.ok) continue;
    for (const description of reading.value) {
      if (!description.isOrganization || trails.has(description.arn)) continue;
      const status = facts["cloudtrail.trail_status"]?.[description.arn]?.[description.homeRegion];
      const selectors = facts["cloudtrail.event_selectors"]?.[description.arn];
      trails.set(description.arn, {
        description,
        ...(status?.ok ? { status: status.value } : {}),
        ...(selectors?.ok ? { selectors: selectors.value } : {}),
      });
    }
  }
  return [...trails.values()];
}
