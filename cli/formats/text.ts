import { glyphCharacter, glyphTone, type Paint, painter, verdictTones } from "@/cli/glyphs";
import { exitCodes } from "@/cli/io";
import { accountName, type FormatOptions, type Outcome, sentenceOf } from "@/cli/outcome";
import { plainSections } from "@/cli/sections";
import { table } from "@/cli/table";
import { visibleOutcome } from "@/cli/visible-outcome";
import type { RegionOutcome } from "@/lib/checks/evaluation";
import { failureWords } from "@/lib/checks/facts/failure-words";
import type { ReadFailure } from "@/lib/checks/facts/reading";
import { passNote, regionOutcomeLabel } from "@/lib/checks/labels";
import { regionInfo } from "@/lib/checks/regions";
import { workflowSafe } from "@/lib/checks/snippets/workflow";

/** The verdict for a person at a terminal: sentence, Regions, what the check shows, fix, and what else to know. */
export function textReport(read: Outcome, options: FormatOptions): string {
  const outcome = visibleOutcome(read);
  const paint = painter(options.color);
  const parts = [
    headline(outcome, paint),
    connection(outcome),
    regions(outcome, options, paint),
    ...sections(outcome, paint),
    unreadable(outcome, paint),
    change(outcome, paint),
    advisories(outcome, paint),
    options.explain ? rules(outcome, paint) : [],
    footer(outcome, paint),
  ];
  const text = parts
    .filter((part) => part.length > 0)
    .map((part) => part.join("\n"))
    .join("\n\n");
  return `${workflowSafe(options.ascii ? asAscii(text) : text)}\n`;
}

function headline(outcome: Outcome, paint: Paint): readonly string[] {
  const { verdict, checkId, reason, severity, severityReason, assurance } = outcome.evaluation;
  const title = titleOf(outcome);
  const note = passNote(outcome.evaluation);
  const details = [title === undefined ? reason : `${title} (${reason})`, severity, assurance, note]
    .filter((detail) => detail !== null && detail !== "")
    .join(" · ");
  return [
    `${paint(verdictTones[verdict], paint("bold", verdict))}  ${checkId}  ${accountName(outcome)} (${outcome.partition})`,
    sentenceOf(outcome),
    paint("dim", details),
    ...(severityReason === null ? [] : [severityReason]),
  ];
}

/** Without a role none could be refused: then it is the account that could not be read. */
function titleOf({ check, evaluation, connectionFailure }: Outcome): string | undefined {
  const isWithoutRole = connectionFailure !== undefined && connectionFailure.api !== "sts:AssumeRole";
  return isWithoutRole ? "The account could not be read" : check.labels.reasons[evaluation.reason];
}

function connection({ connectionFailure }: Outcome): readonly string[] {
  if (connectionFailure === undefined) return [];
  const { title, text } = failureWords(connectionFailure);
  return [`${title}: ${text}`, `Told: ${connectionFailure.message}`];
}

function regions({ evaluation }: Outcome, options: FormatOptions, paint: Paint): readonly string[] {
  const enabled = evaluation.regions.filter((region) => region.state !== "not_enabled");
  const off = evaluation.regions.filter((region) => region.state === "not_enabled");
  if (enabled.length === 0) return [];
  const row = (region: RegionOutcome) => {
    const { glyph, text } = regionOutcomeLabel(region.detail);
    const tone = glyphTone(glyph);
    return [
      paint(tone, glyphCharacter(glyph, options.ascii)),
      region.name,
      regionInfo(region.name).label,
      paint(tone, text),
      region.why,
    ];
  };
  const notEnabled = glyphCharacter("not-enabled", options.ascii);
  return [
    ...table([["", "Region", "", "State", "Why"], ...enabled.map(row)], paint),
    ...(off.length === 0
      ? []
      : [
          paint("dim", `${notEnabled}  ${off.length} not enabled: ${off.map(({ name }) => name).join(", ")}`),
        ]),
  ];
}

function sections({ description }: Outcome, paint: Paint): readonly (readonly string[])[] {
  return plainSections(description.sections).map(({ heading, rows, hasSuggested }) => [
    ...table([heading, ...rows], paint),
    ...(hasSuggested ? [paint("dim", "* the one to change")] : []),
  ]);
}

/** Each missing permission, and what to do, once per kind of failure and call. */
function unreadable({ description, failures }: Outcome, paint: Paint): readonly string[] {
  const groups = new Map<string, { failure: ReadFailure; places: string[] }>();
  for (const failure of failures) {
    const key = `${failure.kind} ${failure.api} ${failure.code}`;
    const group = groups.get(key) ?? { failure, places: [] };
    if (!group.places.includes(failure.region)) group.places.push(failure.region);
    groups.set(key, group);
  }
  if (groups.size === 0 && description.missingPermissions.length === 0) return [];
  return [
    paint("bold", "Could not read"),
    ...[...groups.values()].flatMap(({ failure, places }) => {
      const region = places.join(", ");
      const { title, whatToDo } = failureWords({ ...failure, region });
      return [`  ${title}: ${failure.api} (${failure.code}) in ${region}`, `    ${whatToDo}`];
    }),
    ...(description.missingPermissions.length === 0
      ? []
      : [`  Missing permissions: ${description.missingPermissions.join(", ")}`]),
  ];
}

function change({ description }: Outcome, paint: Paint): readonly string[] {
  const { change: suggested } = description;
  if (suggested === null) return [];
  const command = suggested.command?.map((part) => part.text).join("");
  return [
    paint("bold", `Fix: ${suggested.title}`) + (suggested.target ? `  (${suggested.target})` : ""),
    ...suggested.reasons.map((reason) => `  ${reason}`),
    // Not indented: the end of a document inside a command is found at the start of a line only.
    ...(command ? ["", command, ""] : []),
    ...suggested.steps.map((step, index) => `  ${index + 1}. ${step}`),
    ...suggested.notes.map((note) => `  ${note}`),
  ];
}

function advisories({ description }: Outcome, paint: Paint): readonly string[] {
  if (description.advisories.length === 0) return [];
  return [
    paint("bold", "Also"),
    ...description.advisories.map(({ code, text }) => `  ${text} ${paint("dim", `(${code})`)}`),
  ];
}

function rules({ evaluation }: Outcome, paint: Paint): readonly string[] {
  return [
    paint("bold", "Rules, in the order applied"),
    ...evaluation.rules.flatMap(({ rule, saw, so }, index) => [
      `  ${index + 1}. ${rule}`,
      `     saw: ${saw}`,
      `     so:  ${so}`,
    ]),
  ];
}

function footer({ evaluation, apiCalls, durationMs, source }: Outcome, paint: Paint): readonly string[] {
  const read = source === undefined ? `${apiCalls} AWS calls in ${durationMs} ms` : `Read from ${source}`;
  return [paint("dim", `${read}. Exit code ${exitCodes[evaluation.verdict]}.`)];
}

const signs: Readonly<Record<string, string>> = {
  " · ": ", ",
  "“": '"',
  "”": '"',
  "‘": "'",
  "’": "'",
  "–": "-",
  "—": "-",
  "→": "->",
  "…": "...",
};

/** Our own signs in ASCII, letters without their accents, and anything else as a question mark. */
function asAscii(text: string): string {
  return Object.entries(signs)
    .reduce((soFar, [sign, ascii]) => soFar.replaceAll(sign, ascii), text)
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/\P{ASCII}/gu, "?");
}
