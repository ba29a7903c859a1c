import { keepsWriteEvents } from "@/lib/checks/cloudtrail/inventory/event-classes";
import { missingText } from "@/lib/checks/cloudtrail/not-multi-region/words/recovery-words";
import type { Severity } from "@/lib/checks/evaluation";
import type { Analysis } from "./decide";
import { gapsOf } from "./recovery";

export interface GradedSeverity {
  readonly severity: Severity;
  /** Why, from the facts: one sentence. */
  readonly reason: string;
}

/**
 * Severity of a FAIL, graded from its facts: HIGH when events of some Region are not kept, MEDIUM when write
 * events survive everywhere or only inheritance is missing, LOW when an event data store keeps the events.
 */
export function gradeSeverity(analysis: Analysis, now: string): GradedSeverity {
  const { coverage, lake, reason } = analysis;
  if (lake.compensating !== null) {
    return {
      severity: "LOW",
      reason: `Low, because the event data store ${lake.compensating.name} keeps all management events of every Region.`,
    };
  }
  const gaps = gapsOf(analysis, now);
  const missing = gaps.map(missingText).join(", and ");
  switch (reason) {
    case "MULTI_REGION_DELIVERY_STALE":
      return medium(
        "Medium, because deliveries have gone quiet without an error; the events may still arrive.",
      );
    case "SINGLE_REGION_TRAILS_COVER_ALL":
      return medium("Medium, because every Region is logged today; only Regions enabled later are not.");
    case "MULTI_REGION_REGION_GAP":
      return high(
        `High, because the trail leaves out Regions it is meant to cover${gaps.length === 0 ? "" : `: ${missing}`}.`,
      );
  }
  const uncovered = coverage.filter((region) => region.state === "uncovered").length;
  const partial = coverage.filter((region) => region.state === "partial");
  if (uncovered > 0) return high(`High, because ${missing}.`);
  if (partial.some((region) => !keepsWriteEvents(region.classes))) {
    return high("High, because changes (write events) are not logged.");
  }
  if (partial.length > 0) {
    return medium(
      "Medium, because changes (write events) are logged and only part of the events is missing.",
    );
  }
  if (reason === "MULTI_REGION_WRITE_ONLY" || reason === "MULTI_REGION_EXCLUDES_SOURCES") {
    return medium(
      "Medium, because the trail logs changes (write events) and leaves out only part of the events.",
    );
  }
  return high("High, because no multi-Region trail logs the Regions that could not be read.");
}

function high(reason: string): GradedSeverity {
  return { severity: "HIGH", reason };
}

function medium(reason: string): GradedSeverity {
  return { severity: "MEDIUM", reason };
}
