import { multiRegionTrails } from "@/lib/checks/cloudtrail/not-multi-region/rules/decide";
import type { SentencePart } from "@/lib/checks/description";
import { failureCause } from "@/lib/checks/facts/failure-words";
import { count, plural } from "@/lib/text";
import { failSentence } from "./fail-sentence";
import { countStates, type WordsInput } from "./words-input";

/** The verdict in one sentence, with the phrase that carries it marked for color. */
export function verdictSentence(input: WordsInput): readonly SentencePart[] {
  const { analysis } = input;
  if (analysis.verdict === "PASS") return passSentence(input);
  if (analysis.verdict === "NOT_EVALUATED") return undecidedSentence(input);
  return [...failSentence(input), ...unreadTail(input)].filter((part) => part.text !== "");
}

function passSentence({ analysis, context }: WordsInput): readonly SentencePart[] {
  const n = countStates(analysis);
  const where = context.accountName;
  if (analysis.assurance === "PENDING") {
    return [
      { text: `${where} is set up to log every Region. ` },
      { text: "Waiting for the first delivery.", tone: "wait" },
    ];
  }
  if (analysis.lacksRecentDelivery) {
    const subject = plural(n.all, "The one Region", `All ${n.all} Regions`);
    const read = n.unknown === 0 ? "" : ` ${n.unknown} could not be read.`;
    return [
      { text: `${subject} in ${where} ${plural(n.all, "is", "are")} set up to be logged. ` },
      { text: "No recent delivery proves it.", tone: "wait" },
      { text: read },
    ].filter(({ text }) => text !== "") as readonly SentencePart[];
  }
  if (n.unknown > 0) {
    return [
      { text: `${n.covered} of ${n.all}`, tone: "proven" },
      { text: ` Regions in ${where} are logged, and the trail reaches every enabled Region. ` },
      { text: `${n.unknown} could not be read.`, tone: "wait" },
    ];
  }
  const tail = analysis.inventory.isRegionListRead
    ? " The next Region you enable inherits it."
    : " Opt-in Regions could not be listed.";
  const subject = plural(n.all, "The one Region", `All ${n.all} Regions`);
  return [
    { text: subject, tone: "proven" },
    { text: ` in ${where} ${plural(n.all, "is", "are")} logged.${tail}` },
  ];
}

function undecidedSentence({ analysis, context }: WordsInput): readonly SentencePart[] {
  const [failure] = analysis.blockedBy;
  const cause = failure === undefined ? "" : `: ${failureCause(failure)}`;
  const where = context.accountName;
  const names = multiRegionTrails(analysis.inventory).map((trail) => trail.description.name);
  const trails = plural(
    names.length,
    `The multi-Region trail ${names[0]}`,
    `${names.length} multi-Region trails`,
  );
  switch (analysis.reason) {
    case "TRAIL_STATUS_UNREADABLE":
      return [
        { text: `${trails} exist${plural(names.length, "s", "")} in ${where}, but ` },
        { text: "whether it logs could not be read", tone: "wait" },
        { text: `${cause}.` },
      ];
    case "EVENT_SELECTORS_UNREADABLE":
      return [
        { text: `${trails} exist${plural(names.length, "s", "")} in ${where}, but ` },
        { text: "which events it keeps could not be read", tone: "wait" },
        { text: `${cause === "" ? ": AWS returned no event selectors" : cause}.` },
      ];
    case "TRAILS_UNREADABLE":
      return [
        { text: `The trails of ${where} ` },
        { text: "could not be listed", tone: "wait" },
        { text: `${cause}.` },
      ];
    case "THROTTLED":
      return [{ text: `${where} ` }, { text: "could not be read", tone: "wait" }, { text: `${cause}.` }];
    default: {
      const isRefusedRole = failure?.api === "sts:AssumeRole" && failure.kind === "denied";
      const tail = isRefusedRole ? ": AWS refused the role." : `${cause}.`;
      return [{ text: `${where} ` }, { text: "could not be read", tone: "wait" }, { text: tail }];
    }
  }
}

function unreadTail({ analysis }: WordsInput): readonly SentencePart[] {
  const regions = analysis.coverage.filter(({ state }) => state === "unknown");
  if (regions.length === 0) return [];
  const isDenied = regions.every(({ region }) => region.failure?.kind === "denied_by_scp");
  const cause = isDenied ? " (denied by a service control policy)" : "";
  return [{ text: ` ${count(regions.length, "Region")} could not be read${cause}.` }];
}
