import { glyphCharacter } from "@/cli/glyphs";
import { exitCodes } from "@/cli/io";
import { accountName, type FormatOptions, type Outcome, sentenceOf } from "@/cli/outcome";
import { plainSections } from "@/cli/sections";
import { visibleOutcome } from "@/cli/visible-outcome";
import { passNote, regionOutcomeLabel } from "@/lib/checks/labels";
import { markdownFence, markdownText } from "@/lib/checks/snippets/markdown";
import { workflowSafe } from "@/lib/checks/snippets/workflow";

/** For a pull request comment or the summary of a CI job. */
export function markdownReport(read: Outcome, { explain, ascii }: FormatOptions): string {
  const outcome = visibleOutcome(read);
  const { check, evaluation, description, apiCalls, durationMs, connectionFailure, source } = outcome;
  const { verdict, reason, severity, severityReason, assurance } = evaluation;
  const { change } = description;
  const command = change?.command?.map((part) => part.text).join("");
  const enabled = evaluation.regions.filter((region) => region.state !== "not_enabled");
  const lines = [
    `## ${verdict}: ${markdownText(check.title)}`,
    "",
    `**${markdownText(sentenceOf(outcome))}**`,
    "",
    `\`${evaluation.checkId}\` · ${accountName(outcome)} (${outcome.partition}) · ${[reason, severity, assurance, passNote(evaluation)].filter((word) => word !== null && word !== "").join(" · ")}`,
    ...(severityReason === null ? [] : ["", markdownText(severityReason)]),
    ...(connectionFailure === undefined
      ? []
      : ["", `Could not connect: ${markdownText(connectionFailure.message)}`]),
    ...(enabled.length === 0 ? [] : ["", "| | Region | State | Why |", "|---|---|---|---|"]),
    ...enabled.map((region) => {
      const { glyph, text } = regionOutcomeLabel(region.detail);
      return `| ${glyphCharacter(glyph, ascii)} | ${markdownText(region.name)} | ${text} | ${markdownText(region.why)} |`;
    }),
    ...plainSections(description.sections).flatMap(({ heading, rows }) => [
      "",
      row(heading),
      `|${"---|".repeat(heading.length)}`,
      ...rows.map(row),
    ]),
    ...(change === null ? [] : ["", `### Fix: ${markdownText(change.title)}`, ""]),
    ...(change?.reasons.map((text) => `- ${markdownText(text)}`) ?? []),
    ...(command ? ["", markdownFence("sh", command), ""] : []),
    ...(change?.steps.map((text, index) => `${index + 1}. ${markdownText(text)}`) ?? []),
    ...(change && change.notes.length > 0
      ? ["", ...change.notes.map((text) => `- ${markdownText(text)}`)]
      : []),
    ...(description.advisories.length === 0 ? [] : ["", "### Also", ""]),
    ...description.advisories.map(({ code, text }) => `- ${markdownText(text)} (\`${code}\`)`),
    ...(description.missingPermissions.length === 0
      ? []
      : ["", `Missing permissions: ${description.missingPermissions.map((api) => `\`${api}\``).join(", ")}`]),
    ...(explain ? ["", "### Rules", ""] : []),
    ...(explain
      ? evaluation.rules.map(
          ({ rule, saw, so }, i) =>
            `${i + 1}. ${markdownText(rule)}: ${markdownText(saw)}. ${markdownText(so)}`,
        )
      : []),
    "",
    source === undefined
      ? `${apiCalls} AWS calls in ${durationMs} ms. Exit code ${exitCodes[verdict]}.`
      : `Read from ${markdownText(source)}. Exit code ${exitCodes[verdict]}.`,
  ];
  return `${workflowSafe(lines.join("\n"))}\n`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(markdownText).join(" | ")} |`;
}
