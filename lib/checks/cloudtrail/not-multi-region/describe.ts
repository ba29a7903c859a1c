import { trailSection } from "@/lib/checks/cloudtrail/trail-section";
import type { Description } from "@/lib/checks/description";
import type { Evaluation } from "@/lib/checks/evaluation";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { Facts } from "@/lib/checks/facts/facts";
import { suggestedChange } from "./change/change";
import { cleanupOf } from "./change/cleanup";
import { guardedTrail } from "./guardrails/guarded";
import { analyze } from "./rules/decide";
import { missingPermissions } from "./rules/missing-permissions";
import type { Advisory } from "./rules/reasons";
import { chooseRemediation } from "./rules/remediation";
import { advisoryText } from "./words/advisory-words";
import { verdictSentence } from "./words/sentence";
import { shortVerdict } from "./words/short-verdict";
import { trailRows } from "./words/trail-rows";
import { waitText } from "./words/wait-words";

/** The words of an evaluation, from the facts that it judged. */
export function describeEvaluation(
  evaluation: Evaluation,
  facts: Partial<Facts>,
  context: EvaluationContext & { readonly accountName: string },
): Description {
  const analysis = analyze(facts, context);
  const choice = chooseRemediation(analysis, context);
  const input = { analysis, choice, context };
  const cleanup = cleanupOf(input);
  const waitFor = waitText(input);
  return {
    sentence: verdictSentence(input),
    short: shortVerdict(input),
    sections: [trailSection(trailRows(input))],
    change: suggestedChange(input, facts),
    ...(waitFor === null ? {} : { waitFor }),
    ...(cleanup === null ? {} : { cleanup }),
    advisories: evaluation.advisories.map((code) => ({ code, text: advisoryText(code as Advisory, input) })),
    missingPermissions: missingPermissions(analysis),
    guarded: guardedTrail(analysis, choice, context, facts),
  };
}
