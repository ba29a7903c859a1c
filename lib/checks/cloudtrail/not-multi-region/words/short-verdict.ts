import { isGap } from "@/lib/checks/cloudtrail/not-multi-region/rules/coverage";
import type { Reason } from "@/lib/checks/cloudtrail/not-multi-region/rules/reasons";
import { excludedText } from "./event-words";
import { type Counts, countStates, type WordsInput } from "./words-input";

/** The same in a few words, for a row of a list. */
export function shortVerdict(input: WordsInput): string {
  const { analysis } = input;
  const n = countStates(analysis);
  switch (analysis.verdict) {
    case "PASS":
      if (analysis.assurance === "PENDING") return "Configured, waiting for the first delivery";
      if (analysis.lacksRecentDelivery) return "No recent delivery to prove it";
      return n.unknown > 0
        ? `${n.covered} of ${n.all} logged, ${n.unknown} not read`
        : `${n.all} of ${n.all} logged`;
    case "NOT_EVALUATED":
      // A command line without a role assumes none.
      if (analysis.reason === "ROLE_NOT_ASSUMABLE" && analysis.blockedBy[0]?.api !== "sts:AssumeRole") {
        return "Account not readable";
      }
      return undecidedShort[analysis.reason] ?? "Could not be read";
    case "FAIL":
      return failShort(input, n);
  }
}

const undecidedShort: Readonly<Record<string, string>> = {
  ROLE_NOT_ASSUMABLE: "Role not assumable",
  THROTTLED: "Throttled by AWS",
  TRAILS_UNREADABLE: "Trails not readable",
  TRAIL_STATUS_UNREADABLE: "Trail status not readable",
  EVENT_SELECTORS_UNREADABLE: "Event selectors not readable",
};

/** Causes that are repaired in different ways read differently; how many Regions comes after the cause. */
const causes: Readonly<Partial<Record<Reason, string>>> = {
  NO_TRAIL: "No trail",
  LAKE_ONLY: "No trail, only an event data store",
  MULTI_REGION_DELIVERY_FAILING: "Delivery failing",
  MULTI_REGION_DELIVERY_STALE: "Delivery gone quiet",
  MULTI_REGION_LOGGING_STOPPED: "Logging stopped",
  MULTI_REGION_NEVER_DELIVERED: "Never delivered",
  MULTI_REGION_NO_MANAGEMENT_EVENTS: "Management events off",
  MULTI_REGION_READ_ONLY: "Write events missing",
  MULTI_REGION_WRITE_ONLY: "Read events missing",
  ORG_TRAIL_HOME_REGION_NOT_ENABLED: "Home Region off",
};

function failShort(input: WordsInput, n: Counts): string {
  const { reason } = input.analysis;
  const affected =
    reason === "MULTI_REGION_REGION_GAP"
      ? input.analysis.coverage.filter(isGap).length
      : n.uncovered + n.partial;
  if (reason === "SINGLE_REGION_ONLY") return singleRegionShort(n);
  if (reason === "SINGLE_REGION_TRAILS_COVER_ALL") return `${n.all} of ${n.all} on trails of their own`;
  const cause = causes[reason] ?? causeFromFacts(input);
  return affected === 0 ? cause : `${cause}, ${affected} of ${n.all}`;
}

function singleRegionShort(n: Counts): string {
  if (n.uncovered > 0) return `${n.uncovered} of ${n.all} not logged`;
  if (n.partial > 0) return `${n.partial} of ${n.all} partly logged`;
  return `No multi-Region trail, ${n.unknown} of ${n.all} not read`;
}

/** A gap in one trail has the cause that its repair names; excluded sources are named. */
function causeFromFacts({ analysis, choice }: WordsInput): string {
  if (analysis.reason === "MULTI_REGION_EXCLUDES_SOURCES") {
    return `${excludedText(choice.trail?.classes ?? 0)} events missing`;
  }
  switch (choice.directAction) {
    case "FIX_DELIVERY":
      return hasErrorInGap({ analysis, choice }) ? "Delivery failing" : "Delivery gone quiet";
    case "START_LOGGING":
      return "Not logging everywhere";
    default:
      return "Trail's copy missing";
  }
}

function hasErrorInGap({ analysis, choice }: Pick<WordsInput, "analysis" | "choice">): boolean {
  return analysis.coverage
    .filter(isGap)
    .some(({ region }) => (choice.trail?.statuses.get(region.name)?.latestDeliveryError ?? "") !== "");
}
