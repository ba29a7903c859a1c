import type { PartialAnswer } from "@/lib/offline/partial-answer/partial-reading";
import { painter, verdictTones } from "./glyphs";
import { type CliIo, exitCodes } from "./io";
import type { OutputChoice } from "./output";

/** What one answer of AWS proves, as text or JSON; other formats hold whole evaluations. Exit codes as for a verdict. */
export function printPartial(
  answer: PartialAnswer,
  checkId: string,
  source: string,
  output: OutputChoice,
  io: CliIo,
): number {
  const { verdict, proves, leavesOpen, next } = answer;
  const sentence = answer.sentence.map(({ text }) => text).join("");
  if (output.format === "json") {
    io.out(
      `${JSON.stringify({ checkId, verdict, reason: null, partial: { sentence, proves, leavesOpen, next } })}\n`,
    );
    return exitCodes[verdict];
  }
  const paint = painter(io.isTerminal && !io.env["NO_COLOR"] && io.env["TERM"] !== "dumb");
  const lines = [
    `${paint(verdictTones[verdict], paint("bold", verdict))}  ${checkId}  ${source}, a partial answer`,
    sentence,
    "",
    ...proves.map((text) => `  ${text}`),
    "",
    "Not answered yet:",
    ...leavesOpen.map((text) => `  ${text}`),
    "",
    next.text,
    ...(next.command === undefined ? [] : ["", ...next.command.split("\n").map((line) => `  ${line}`)]),
    "",
    paint("dim", `Exit code ${exitCodes[verdict]}.`),
  ];
  io.out(`${lines.join("\n").replaceAll("`", "")}\n`);
  return exitCodes[verdict];
}
