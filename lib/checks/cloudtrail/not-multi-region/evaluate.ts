import type { CloudTrailContext } from "@/lib/checks/cloudtrail/context";
import type { Evaluation } from "@/lib/checks/evaluation";
import type { Facts } from "@/lib/checks/facts/facts";
import { disposition } from "./rules/acceptance";
import { giveAdvisories } from "./rules/advisories";
import type { CoverageState } from "./rules/coverage";
import { analyze } from "./rules/decide";
import { chooseRemediation } from "./rules/remediation";
import { gradeSeverity } from "./rules/severity";
import { regionOutcomes } from "./words/region-outcomes";
import { ruleSteps } from "./words/rule-steps";

export const checkId = "cloudtrail.not_multi_region";
export const checkVersion = 3;

/** The verdict from the facts alone. Pure: the clock is `context.now`. */
export function evaluate(facts: Partial<Facts>, context: CloudTrailContext): Evaluation {
  const analysis = analyze(facts, context);
  const choice = chooseRemediation(analysis, context);
  const isFail = analysis.verdict === "FAIL";
  const severity = isFail ? gradeSeverity(analysis, context.now) : null;
  // Without a session nothing was asked, so no Region is listed, not even as unknown.
  const coverage = context.connectionFailure === undefined ? analysis.coverage : [];
  const inState = (state: CoverageState) =>
    coverage.filter((region) => region.state === state).map(({ region }) => region.name);
  return {
    checkId,
    checkVersion,
    verdict: analysis.verdict,
    reason: analysis.reason,
    severity: severity?.severity ?? null,
    severityReason: severity?.reason ?? null,
    assurance: analysis.assurance,
    disposition: isFail ? disposition(analysis, context) : null,
    coveredRegions: inState("covered"),
    partialRegions: inState("partial"),
    uncoveredRegions: inState("uncovered"),
    unknownRegions: inState("unknown"),
    remediation: choice.remediation,
    advisories: giveAdvisories({ analysis, choice, facts, context }),
    regions: context.connectionFailure === undefined ? regionOutcomes(analysis) : [],
    rules: ruleSteps(analysis),
  };
}
