import { glyphCharacter } from "@/cli/glyphs";
import { exitCodes } from "@/cli/io";
import { accountName, type FormatOptions, type Outcome, sentenceOf } from "@/cli/outcome";
import { plainSections } from "@/cli/sections";
import { passNote, regionOutcomeLabel } from "@/lib/checks/labels";

/** For a pull request comment or the summary of a CI job. */
export function markdownReport(outcome: Outcome, { explain, ascii }: FormatOptions): string {
  const { check, evaluation, description, apiCalls, durationMs, connectionFailure, source } = outcome;
  const { verdict, reason, severity, severityReason, assurance } = evaluation;
  const { change } = description;
  const command = change?.command?.map((part) => part.text).join("");
  const enabled = evaluation.regions.filter((region) => region.state !== "not_enabled");
  const lines = [
    `## ${verdict}: ${cell(check.title)}`,
    "",
    `**${cell(sentenceOf(outcome))}**`,
    "",
    `\`${evaluation.checkId}\` · ${accountName(outcome)} (${outcome.partition}) · ${[reason, severity, assurance, passNote(evaluation)].filter((word) => word !== null && word !== "").join(" · ")}`,
    ...(severityReason === null ? [] : ["", cell(severityReason)]),
    ...(connectionFailure === undefined ? [] : ["", `Could not connect: ${cell(connectionFailure.message)}`]),
    ...(enabled.length === 0 ? [] : ["", "| | Region | State | Why |", "|---|---|---|---|"]),
    ...enabled.map((region) => {
      const { glyph, text } = regionOutcomeLabel(region.detail);
      return `| ${glyphCharacter(glyph, ascii)} | ${cell(region.name)} | ${text} | ${cell(region.why)} |`;
    }),
    ...plainSections(description.sections).flatMap(({ heading, rows }) => [
      "",
      row(heading),
      `|${"---|".repeat(heading.length)}`,
      ...rows.map(row),
    ]),
    ...(change === null ? [] : ["", `### Fix: ${cell(change.title)}`, ""]),
    ...(change?.reasons.map((text) => `- ${cell(text)}`) ?? []),
    ...(command ? ["", "```sh", command, "```", ""] : []),
    ...(change?.steps.map((text, index) => `${index + 1}. ${cell(text)}`) ?? []),
    ...(change && change.notes.length > 0 ? ["", ...change.notes.map((text) => `- ${cell(text)}`)] : []),
    ...(description.advisories.length === 0 ? [] : ["", "### Also", ""]),
    ...description.advisories.map(({ code, text }) => `- ${cell(text)} (\`${code}\`)`),
    ...(description.missingPermissions.length === 0
      ? []
      : ["", `Missing permissions: ${description.missingPermissions.map((api) => `\`${api}\``).join(", ")}`]),
    ...(explain ? ["", "### Rules", ""] : []),
    ...(explain
      ? evaluation.rules.map(({ rule, saw, so }, i) => `${i + 1}. ${cell(rule)}: ${cell(saw)}. ${cell(so)}`)
      : []),
    "",
    source === undefined
      ? `${apiCalls} AWS calls in ${durationMs} ms. Exit code ${exitCodes[verdict]}.`
      : `Read from ${cell(source)}. Exit code ${exitCodes[verdict]}.`,
  ];
  return `${lines.join("\n")}\n`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(cell).join(" | ")} |`;
}

/** Text that Markdown would read as structure; some of it comes from AWS or from a file. */
function cell(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_[\]<>|]/g, (sign) => `\\${sign}`);
}
