import { isGap } from "@/lib/checks/cloudtrail/not-multi-region/rules/coverage";
import { countStates, type WordsInput } from "./words-input";

/** The same in a few words, for a row of a list. */
export function shortVerdict({ analysis }: WordsInput): string {
  const n = countStates(analysis);
  switch (analysis.verdict) {
    case "PASS":
      if (analysis.assurance === "PENDING") return "Waiting for first delivery";
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
      if (n.uncovered + n.partial === 0 && analysis.reason === "MULTI_REGION_REGION_GAP") {
        return `${analysis.coverage.filter(isGap).length} of ${n.all} not fully logged`;
      }
      if (n.uncovered > 0) return `${n.uncovered} of ${n.all} not logged`;
      if (n.partial > 0) return `${n.partial} of ${n.all} partly logged`;
      return analysis.reason === "SINGLE_REGION_TRAILS_COVER_ALL"
        ? `${n.all} of ${n.all} on trails of their own`
        : `No multi-Region trail, ${n.unknown} of ${n.all} not read`;
  }
}

const undecidedShort: Readonly<Record<string, string>> = {
  ROLE_NOT_ASSUMABLE: "Role not assumable",
  THROTTLED: "Throttled by AWS",
  TRAILS_UNREADABLE: "Trails not readable",
  TRAIL_STATUS_UNREADABLE: "Trail status not readable",
  EVENT_SELECTORS_UNREADABLE: "Event selectors not readable",
};
