import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { EventSelectors, TrailDescription } from "@/lib/checks/facts/cloudtrail";
import type { ReadFailure, Reading } from "@/lib/checks/facts/reading";
import { allEvents, type EventClasses } from "./event-classes";
import { readSelectors, type SelectorReading } from "./selectors";

export interface TrailSelectors {
  /** Null when nothing shows what the trail logs. */
  readonly classes: EventClasses | null;
  readonly hasUnrecognizedField: boolean;
  readonly hasOtherCategories: boolean;
  /** Why they are not known. */
  readonly selectorFailure?: ReadFailure;
  /** They were refused, and another source gave them. */
  readonly sparedFailure?: ReadFailure;
}

/**
 * What a trail logs, from the best source there is: its own selectors; an explicit `HasCustomEventSelectors=false`,
 * which proves the default (all management events); the owning account's reading of the same trail. A member account
 * is often refused the selectors of an organization trail, hence the fallbacks.
 */
export function resolveSelectors(
  description: TrailDescription,
  reading: Reading<EventSelectors> | undefined,
  context: EvaluationContext,
): TrailSelectors {
  const own = reading?.ok ? readSelectors(reading.value) : null;
  if (own !== null) return fromReading(own);
  const failure = reading === undefined || reading.ok ? undefined : reading.failure;
  const spared = failure === undefined ? {} : { sparedFailure: failure };
  if (description.hasCustomEventSelectors === false) return { ...allManagementEvents, ...spared };
  const related = context.relatedEvidence?.byFact["cloudtrail.trails"]?.find(
    (trail) => trail.description.arn === description.arn,
  );
  if (related?.selectors !== undefined) {
    const theirs = readSelectors(related.selectors);
    if (theirs !== null) return { ...fromReading(theirs), ...spared };
  }
  return {
    classes: null,
    hasUnrecognizedField: false,
    hasOtherCategories: false,
    ...(failure === undefined ? {} : { selectorFailure: failure }),
  };
}

const allManagementEvents: TrailSelectors = {
  classes: allEvents,
  hasUnrecognizedField: false,
  hasOtherCategories: false,
};

function fromReading(reading: SelectorReading): TrailSelectors {
  return {
    classes: reading.classes,
    hasUnrecognizedField: reading.hasUnrecognizedField,
    hasOtherCategories: reading.hasOtherCategories,
  };
}
