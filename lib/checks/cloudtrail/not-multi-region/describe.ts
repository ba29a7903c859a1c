import { trailSection } from "@/lib/checks/cloudtrail/trail-section";
import type { Description } from "@/lib/checks/description";
import type { Evaluation } from "@/lib/checks/evaluation";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { Facts } from "@/lib/checks/facts/facts";
import { advisoryText } from "./advisory-words";
import { suggestedChange } from "./change";
import { analyze } from "./decide";
import { guardedTrail } from "./guardrails/guarded";
import { missingPermissions } from "./missing-permissions";
import type { Advisory } from "./reasons";
import { chooseRemediation } from "./remediation";
import { verdictSentence } from "./sentence";
import { shortVerdict } from "./short-verdict";
import { trailRows } from "./trail-rows";

/** The words of an evaluation, from the facts it was made of. */
export function describeEvaluation(
  evaluation: Evaluation,
  facts: Partial<Facts>,
  context: EvaluationContext & { readonly accountName: string },
): Description {
  const analysis = analyze(facts, context);
  const choice = chooseRemediation(analysis, context);
  const input = { analysis, choice, context };
  return {
    sentence: verdictSentence(input),
    short: shortVerdict(input),
    sections: [trailSection(trailRows(input))],
    change: suggestedChange(input, facts),
    advisories: evaluation.advisories.map((code) => ({ code, text: advisoryText(code as Advisory, input) })),
    missingPermissions: missingPermissions(analysis),
    guarded: guardedTrail(analysis, choice, context, facts),
  };
}
