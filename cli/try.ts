import { parseArgs } from "node:util";
import type { CheckDefinition } from "@/lib/checks/check";
import { checks } from "@/lib/checks/registry";
import { jsonText } from "@/lib/checks/snippets/json";
import { visible, visibleAll } from "@/lib/checks/snippets/visible";
import { workflowSafe } from "@/lib/checks/snippets/workflow";
import { partialAnswer } from "@/lib/offline/partial-answer/partial-answer";
import { parseSaved } from "@/lib/offline/saved-answers/parse-saved";
import type { SavedProblem } from "@/lib/offline/saved-answers/saved-format";
import { checkNamed } from "./check";
import { type CliIo, exitCodes, Usage } from "./io";
import { chooseOutput, type OutputChoice, outputOptions, printOutcome } from "./output";
import { printPartial } from "./partial";
import { judgePlan } from "./try-plan";

/**
 * `posturio try FILE`: judges saved AWS answers, or what one answer of AWS proves, with `--plan` the JSON of a Terraform
 * plan, without a call. Exit codes as for `check`; a file from which no verdict can be had is not evaluated, with each
 * problem and its line on standard error.
 */
export async function runTry(argv: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { check: { type: "string" }, plan: { type: "string" }, ...outputOptions },
  });
  const output = chooseOutput(values);
  const [file, ...more] = values.plan === undefined ? positionals : [values.plan, ...positionals];
  if (file === undefined) throw new Usage("name a file, or - for standard input");
  if (more.length > 0) throw new Usage(`name one file, not also ${more.join(" ")}`);
  if (values.plan !== undefined) {
    if (values.check !== undefined) throw new Usage("--plan and --check do not go together");
    return judgePlan(await textOf(file, io), sourceName(file), output, io);
  }
  const [first] = checks;
  const check = values.check === undefined ? (first as CheckDefinition) : checkNamed(values.check);
  return judgeSaved(await textOf(file, io), { file, check, output }, io);
}

async function textOf(file: string, io: CliIo): Promise<string> {
  try {
    return await io.readText(file);
  } catch (error) {
    throw new Usage(`${file} could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

interface Asked {
  readonly file: string;
  readonly check: CheckDefinition;
  readonly output: OutputChoice;
}

function judgeSaved(text: string, { file, check, output }: Asked, io: CliIo): number {
  const saved = parseSaved(text);
  if (!saved.ok) {
    const partial = partialAnswer(check.id, text);
    if (partial && "answer" in partial)
      return printPartial(partial.answer, check.id, sourceName(file), output, io);
    return refuse(partial?.problems ?? saved.problems, { file, check, output }, io);
  }
  const { facts, context } = saved;
  const evaluation = check.evaluate(facts, context);
  const { id, partition } = context.account;
  const outcome = {
    check,
    accountId: id,
    partition,
    evaluation,
    description: check.describe(evaluation, facts, { ...context, accountName: id }),
    connectionFailure: undefined,
    failures: [],
    apiCalls: 0,
    durationMs: 0,
    source: sourceName(file),
  };
  return printOutcome(outcome, output, io);
}

function refuse(problems: readonly SavedProblem[], { file, check, output }: Asked, io: CliIo): number {
  const source = visible(sourceName(file));
  io.err(`NOT_EVALUATED  ${check.id}  ${source} gives no verdict:\n`);
  for (const { line, text, whatToDo } of visibleAll(problems)) {
    const place = `${source}${line === undefined ? "" : `:${line}`}`;
    io.err(workflowSafe(`  ${place}: ${text}\n    ${whatToDo}\n`));
  }
  if (output.format === "json") {
    io.out(`${jsonText({ checkId: check.id, verdict: "NOT_EVALUATED", reason: null, problems })}\n`);
  }
  return exitCodes.NOT_EVALUATED;
}

function sourceName(file: string): string {
  return file === "-" ? "standard input" : file;
}
