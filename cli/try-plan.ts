import type { Verdict } from "@/lib/checks/evaluation";
import { jsonText } from "@/lib/checks/snippets/json";
import { visible, visibleAll } from "@/lib/checks/snippets/visible";
import { workflowSafe } from "@/lib/checks/snippets/workflow";
import { verdicts } from "@/lib/checks/words";
import { evaluatePlanText, type PlanEvaluation } from "@/lib/offline/terraform-plan/evaluate-plan";
import { type Paint, painter, verdictTones } from "./glyphs";
import { type CliIo, exitCodes, Usage } from "./io";
import type { OutputChoice } from "./output";

/** What a plan is judged by: it holds trails, and only this check is about where they log. */
const checkId = "cloudtrail.not_multi_region";

/** `posturio try --plan FILE`, from the text of the file. Exit code 0 covered, 1 not, 2 cannot be said. */
export function judgePlan(text: string, source: string, output: OutputChoice, io: CliIo): number {
  if (output.format !== "text" && output.format !== "json") {
    throw new Usage("--plan prints text or json");
  }
  const plan = evaluatePlanText(text);
  const verdict = verdicts.values.find((name) => exitCodes[name] === plan.exitCode);
  if (output.format === "json") {
    const { outcome, sentence, accounts, resources, notes } = plan;
    io.out(`${jsonText({ checkId, verdict, outcome, sentence, accounts, resources, notes })}\n`);
  } else {
    const paint = painter(io.isTerminal && !io.env["NO_COLOR"] && io.env["TERM"] !== "dumb");
    io.out(workflowSafe(inWords(visibleAll(plan), verdict ?? "NOT_EVALUATED", visible(source), paint)));
  }
  return plan.exitCode;
}

function inWords(plan: PlanEvaluation, verdict: Verdict, source: string, paint: Paint): string {
  const lines = [
    `${paint(verdictTones[verdict], paint("bold", verdict))}  ${checkId}  ${source}`,
    plan.sentence,
    ...accountLines(plan),
    ...plan.resources.flatMap(({ address, actions, account, before, after }) => [
      "",
      `${address} (${actions.join(", ")})${account === null ? "" : ` in account ${account}`}`,
      `  before  ${before ?? "does not exist"}`,
      `  after   ${after ?? "does not exist"}`,
    ]),
    ...(plan.notes.length === 0 ? [] : ["", ...plan.notes]),
    "",
    paint("dim", `Exit code ${plan.exitCode}.`),
  ];
  return `${lines.join("\n")}\n`;
}

/** With one account the sentence above says it all. */
function accountLines({ accounts }: PlanEvaluation): readonly string[] {
  if (accounts.length < 2) return [];
  return accounts.flatMap(({ identity, accountId, outcome, sentence }) => [
    "",
    `${accountId === null ? "Account unknown" : `Account ${accountId}`}, ${identity}: ${outcome}`,
    `  ${sentence}`,
  ]);
}
