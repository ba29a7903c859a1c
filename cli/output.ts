import { githubReport } from "./formats/github";
import { jsonReport } from "./formats/json";
import { junitReport } from "./formats/junit";
import { markdownReport } from "./formats/markdown";
import { sarifReport } from "./formats/sarif";
import { textReport } from "./formats/text";
import { type CliIo, exitCodes, Usage } from "./io";
import type { FormatOptions, Outcome } from "./outcome";

const formats = {
  text: textReport,
  json: jsonReport,
  markdown: markdownReport,
  junit: junitReport,
  sarif: sarifReport,
  github: githubReport,
} as const satisfies Record<string, (outcome: Outcome, options: FormatOptions) => string>;

type FormatName = keyof typeof formats;

/** Options of every command that prints a verdict, for parseArgs. */
export const outputOptions = {
  json: { type: "boolean" },
  format: { type: "string" },
  explain: { type: "boolean" },
  ascii: { type: "boolean" },
} as const;

export interface OutputChoice {
  readonly format: FormatName;
  readonly explain: boolean;
  readonly ascii: boolean;
}

/** Throws Usage for a format that does not exist, and for two that contradict. */
export function chooseOutput(values: {
  readonly json?: boolean | undefined;
  readonly format?: string | undefined;
  readonly explain?: boolean | undefined;
  readonly ascii?: boolean | undefined;
}): OutputChoice {
  const format = values.format ?? (values.json ? "json" : "text");
  if (!Object.hasOwn(formats, format)) {
    throw new Usage(`--format is one of ${Object.keys(formats).join(", ")}; not ${format}`);
  }
  if (values.json && format !== "json") throw new Usage(`--json and --format ${format} contradict`);
  return {
    format: format as FormatName,
    explain: values.explain === true,
    ascii: values.ascii === true,
  };
}

/** Prints the outcome as asked. Returns the exit code: 0 pass, 1 fail, 2 not evaluated. */
export function printOutcome(outcome: Outcome, choice: OutputChoice, io: CliIo): number {
  const isDumb = io.env["TERM"] === "dumb";
  io.out(
    formats[choice.format](outcome, {
      version: io.version,
      explain: choice.explain,
      ascii: choice.ascii || isDumb,
      // no-color.org: set and not empty.
      color: io.isTerminal && !io.env["NO_COLOR"] && !isDumb && choice.format === "text",
    }),
  );
  return exitCodes[outcome.evaluation.verdict];
}
