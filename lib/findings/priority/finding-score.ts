import { environments } from "@/lib/accounts/account-states";
import { findCheck } from "@/lib/checks/registry";
import { severities } from "@/lib/checks/words";
import { findingStatuses, isOpen } from "@/lib/findings/lifecycle/states";
import { readRegionCounts } from "@/lib/findings/region-counts";
import { lineOf, type Receipt, readReceipt } from "./receipt";
import { type ScoreInputs, scoreOf } from "./score";
import { slaOf } from "./sla";

/** What is stored of a finding and its account that its score depends on, and the receipt of the score it has. */
export interface ScoredFinding {
  readonly checkId: string;
  readonly status: string;
  readonly verdict: string | null;
  readonly severity: string | null;
  readonly regionCounts: readonly number[];
  readonly environment: string;
  readonly comebacks: number;
  readonly dueAt: Date | null;
  /** When it began to fail, as well as the row can tell. */
  readonly failingFrom: Date | null;
  readonly timeZone: string;
  readonly now: Date;
  readonly receipt: unknown;
}

/**
 * The receipt of a finding as it is now; null while it is not open or the verdict that stands is no FAIL. What could
 * not be read leaves a FAIL standing, so it keeps the priority too.
 */
export function scoreOfFinding(row: ScoredFinding, isSilent: boolean | null): Receipt | null {
  if (row.verdict !== "FAIL" || !isOpen(findingStatuses.parse(row.status))) return null;
  // The first receipt since it began to fail says when that was: a gap in which nothing was read moves no start.
  const from = lineOf(readReceipt(row.receipt), "sla")?.from ?? (row.failingFrom ?? row.now).toISOString();
  return scoreOf({
    severity: severities.parseOrNull(row.severity),
    regions: regionsOf(row),
    environment: environments.parse(row.environment),
    sla: slaOf(row.timeZone, {
      from,
      dueAt: row.dueAt?.toISOString() ?? null,
      now: row.now.toISOString(),
    }),
    comebacks: row.comebacks,
    isSilent,
  });
}

/** Nobody reads yet what happens in a customer's Regions, so none is known to be active. */
function regionsOf({ checkId, regionCounts }: ScoredFinding): ScoreInputs["regions"] {
  const counts = findCheck(checkId)?.hasRegionVerdicts ? readRegionCounts(regionCounts) : null;
  if (counts === null) return null;
  const blind = counts.partial + counts.uncovered;
  return { blind, enabled: blind + counts.covered + counts.unread, active: null };
}
