import { analyze } from "@/lib/checks/cloudtrail/not-multi-region/rules/decide";
import { chooseRemediation } from "@/lib/checks/cloudtrail/not-multi-region/rules/remediation";
import { planRetirement } from "@/lib/checks/cloudtrail/not-multi-region/rules/retirement";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { Facts } from "@/lib/checks/facts/facts";

export const coverageCheck = "cloudtrail.not_multi_region";

/** What the check of coverage says of the same trails, by ARN. Two checks must not send one trail in two directions. */
export interface CoveragePlan {
  /** The trail that it changes, or keeps beside duplicates. */
  readonly keeps: string | null;
  /** It passes, so the duplicates may go now; else they go once it is repaired. */
  readonly isPassing: boolean;
  /** Trails that it retires, now or once it passes. */
  readonly retires: ReadonlySet<string>;
}

/** The plan of the check of coverage, from the same facts. */
export function coveragePlan(facts: Partial<Facts>, context: EvaluationContext): CoveragePlan {
  const analysis = analyze(facts, context);
  const choice = chooseRemediation(analysis, context);
  const plan = planRetirement(analysis, choice, context);
  // One that only waits for its delivery goes after that.
  const waiting = (plan?.stay ?? []).flatMap(({ trail, why }) => (why.because === "delivery" ? trail : []));
  return {
    isPassing: analysis.verdict === "PASS",
    keeps: plan?.keep.arn ?? choice.trail?.arn ?? null,
    retires: new Set([...(plan?.retire ?? []), ...waiting].map((trail) => trail.arn)),
  };
}
