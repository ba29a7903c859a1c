import { defineWords, type WordOf } from "@/lib/words";

/** Why something waits for a person's decision, in the order of the dashboard. */
export const decisionKinds = defineWords("kind of decision", [
  "claim_failed",
  "unassigned",
  "account_unreadable",
]);
export type DecisionKind = WordOf<typeof decisionKinds>;

/** What the dashboard shows over time. */
export const trendIds = defineWords("trend", ["coverage", "failing_accounts", "came_back", "time_to_claim"]);
export type TrendId = WordOf<typeof trendIds>;

/** How a figure is written. */
export const figureUnits = defineWords("unit of a figure", ["share", "count", "seconds"]);
export type FigureUnit = WordOf<typeof figureUnits>;

/** Lines of the coverage strip on the dashboard itself; all of them are on a page of their own. */
export const stripLength = 14;
