import type { Definition } from "./dashboard-view";

const days = "Days are those of UTC.";

/** How each figure of the dashboard is made. Pages, API and tables print these and nothing else. */
export const definitions = {
  coverage: {
    id: "coverage",
    title: "Coverage",
    text: `Region-hours in which CloudTrail logged and delivered, divided by the hours of all enabled Regions of connected accounts. Hours of which nothing is known are in the whole and are counted apart; they never count as covered. The figure is over the last 30 whole days, a point of the chart over 7. ${days}`,
  },
  open: {
    id: "open",
    title: "Open",
    text: "Findings of every check that are open, in progress, or claimed fixed and not yet verified. Out of scope and never failed are left out. The arrow compares with the end of the day a week before the last whole day.",
  },
  overdue: {
    id: "overdue",
    title: "Overdue",
    text: "Open findings whose due date has passed. Due this week are those that are due on one of seven days, of which today is the first, in the organization's time zone.",
  },
  awaiting_proof: {
    id: "awaiting_proof",
    title: "Waiting for proof",
    text: "Findings that someone has claimed fixed and that no verification has proven yet.",
  },
  failing_accounts: {
    id: "failing_accounts",
    title: "Failing accounts",
    text: `Accounts that failed the check of coverage at the end of the week. An account that could not be read is not among them. ${days}`,
  },
  came_back: {
    id: "came_back",
    title: "Came back",
    text: `How often a finding of any check failed again after it had passed, in the week. ${days}`,
  },
  time_to_claim: {
    id: "time_to_claim",
    title: "Time to claim",
    text: `Time from the detection of a failure to the first claim that it is fixed: the median of the claims of the week. Failures that nobody has claimed are not in it. ${days}`,
  },
} as const satisfies Record<string, Definition>;
