import { accountName, type FormatOptions, type Outcome, sentenceOf } from "@/cli/outcome";
import { visibleOutcome } from "@/cli/visible-outcome";
import type { Verdict } from "@/lib/checks/evaluation";
import { visible } from "@/lib/checks/snippets/visible";
import { workflowData, workflowProperty } from "@/lib/checks/snippets/workflow";
import { textReport } from "./text";

const commands = { PASS: "notice", FAIL: "error", NOT_EVALUATED: "warning" } as const satisfies Record<
  Verdict,
  string
>;

/** The report for a person, and the verdict as an annotation of the GitHub workflow that runs the command. */
export function githubReport(outcome: Outcome, options: FormatOptions): string {
  const { verdict, checkId } = outcome.evaluation;
  const title = workflowProperty(visible(`${verdict} ${checkId}, ${accountName(outcome)}`));
  const message = workflowData(sentenceOf(visibleOutcome(outcome)));
  return `${textReport(outcome, { ...options, color: false })}::${commands[verdict]} title=${title}::${message}\n`;
}
