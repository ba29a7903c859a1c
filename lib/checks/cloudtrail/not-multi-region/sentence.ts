import type { EvaluationContext } from "@/lib/checks/check";
import { failureCause } from "@/lib/checks/facts/failure-words";
import type { SentencePart } from "@/lib/checks/verdict";
import { isBroken } from "./coverage";
import { type Analysis, multiRegionTrails } from "./decide";
import { missingEventsText } from "./event-words";
import type { TrailView } from "./inventory";
import type { RemediationChoice } from "./remediation";
import { ago, count, day, lengthSince } from "./time-words";

export interface WordsInput {
  readonly analysis: Analysis;
  readonly choice: RemediationChoice;
  readonly context: EvaluationContext & { readonly accountName: string };
}

interface Counts {
  readonly all: number;
  readonly covered: number;
  readonly partial: number;
  readonly uncovered: number;
  readonly unknown: number;
}

/** The verdict in one sentence, with the phrase that carries it marked for colour. */
export function verdictSentence(input: WordsInput): readonly SentencePart[] {
  const { analysis } = input;
  if (analysis.verdict === "PASS") return passSentence(input);
  if (analysis.verdict === "NOT_EVALUATED") return undecidedSentence(input);
  return [...failSentence(input), ...unreadTail(input)].filter((part) => part.text !== "");
}

/** The same in a few words, for a row of a list. */
export function shortVerdict({ analysis }: WordsInput): string {
  const n = countStates(analysis);
  switch (analysis.verdict) {
    case "PASS":
      if (analysis.assurance === "PENDING") return "Waiting for first delivery";
      return n.unknown > 0
        ? `${n.covered} of ${n.all} logged, ${n.unknown} not read`
        : `${n.all} of ${n.all} logged`;
    case "NOT_EVALUATED":
      return undecidedShort[analysis.reason] ?? "Could not be read";
    case "FAIL":
      if (n.uncovered > 0) return `${n.uncovered} of ${n.all} not logged`;
      if (n.partial > 0) return `${n.partial} of ${n.all} partly logged`;
      return analysis.reason === "SINGLE_REGION_TRAILS_COVER_ALL"
        ? `${n.all} of ${n.all} on trails of their own`
        : `No multi-Region trail, ${n.unknown} of ${n.all} not read`;
  }
}

const undecidedShort: Readonly<Record<string, string>> = {
  ROLE_NOT_ASSUMABLE: "Role not assumable",
  THROTTLED: "Throttled by AWS",
  TRAILS_UNREADABLE: "Trails not readable",
  TRAIL_STATUS_UNREADABLE: "Trail status not readable",
  EVENT_SELECTORS_UNREADABLE: "Event selectors not readable",
};

function passSentence({ analysis, context }: WordsInput): readonly SentencePart[] {
  const n = countStates(analysis);
  const where = context.accountName;
  if (analysis.assurance === "PENDING") {
    return [
      { text: `${where} is set up to log every Region. ` },
      { text: "Waiting for the first delivery.", tone: "wait" },
    ];
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
  const subject = n.all === 1 ? "The one Region" : `All ${n.all} Regions`;
  return [
    { text: subject, tone: "proven" },
    { text: ` in ${where} ${n.all === 1 ? "is" : "are"} logged.${tail}` },
  ];
}

function undecidedSentence({ analysis, context }: WordsInput): readonly SentencePart[] {
  const [failure] = analysis.blockedBy;
  const cause = failure === undefined ? "" : `: ${failureCause(failure)}`;
  const where = context.accountName;
  const names = multiRegionTrails(analysis.inventory).map((trail) => trail.description.name);
  const trails =
    names.length === 1 ? `The multi-Region trail ${names[0]}` : `${names.length} multi-Region trails`;
  switch (analysis.reason) {
    case "TRAIL_STATUS_UNREADABLE":
      return [
        { text: `${trails} exist${names.length === 1 ? "s" : ""} in ${where}, but ` },
        { text: "whether it logs could not be read", tone: "wait" },
        { text: `${cause}.` },
      ];
    case "EVENT_SELECTORS_UNREADABLE":
      return [
        { text: `${trails} exist${names.length === 1 ? "s" : ""} in ${where}, but ` },
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
    default:
      return [
        { text: `${where} ` },
        { text: "could not be read", tone: "wait" },
        { text: failure?.kind === "denied" ? ": AWS refused the role." : `${cause}.` },
      ];
  }
}

function failSentence(input: WordsInput): readonly SentencePart[] {
  const { analysis, context, choice } = input;
  const n = countStates(analysis);
  const where = context.accountName;
  const trail = choice.trail;
  switch (analysis.reason) {
    case "SINGLE_REGION_ONLY":
      return singleRegionSentence(n, where);
    case "SINGLE_REGION_TRAILS_COVER_ALL":
      return [
        { text: `Every Region in ${where} has its own trail today. ` },
        { text: "The next Region you enable will not.", tone: "blind" },
      ];
    case "MULTI_REGION_REGION_GAP":
      return [
        { text: `${n.uncovered + n.partial} of ${n.all}`, tone: "blind" },
        {
          text: ` Regions in ${where} ${n.uncovered + n.partial === 1 ? "falls" : "fall"} out of the multi-Region trail${gapCause(input)}.`,
        },
      ];
    case "NO_TRAIL":
      return n.unknown === 0
        ? [
            { text: `None of the ${n.all}`, tone: "blind" },
            { text: ` Regions in ${where} leaves a trail: there is none.` },
          ]
        : [{ text: "No trail", tone: "blind" }, { text: ` exists in ${where}.` }];
    case "LAKE_ONLY":
      return [
        { text: "No trail", tone: "blind" },
        {
          text: ` exists in ${where}. The event data store ${analysis.lake.compensating?.name ?? ""} keeps the events of every Region.`,
        },
      ];
    case "ORG_TRAIL_HOME_REGION_NOT_ENABLED": {
      const target = choice.remediation;
      return [
        { text: `None of the ${n.all}`, tone: "blind" },
        {
          text: ` Regions in ${where} sends events: the organization trail ${target.trail ?? ""} lives in ${target.region ?? ""}, which this account has not enabled.`,
        },
      ];
    }
    default:
      return trail === null ? [] : faultySentence(input, trail, n);
  }
}

function singleRegionSentence(n: Counts, where: string): readonly SentencePart[] {
  if (n.uncovered > 0) {
    const verb = n.uncovered === 1 ? "leaves" : "leave";
    return [
      { text: `${n.uncovered} of ${n.all}`, tone: "blind" },
      { text: ` Regions in ${where} ${verb} no trail.` },
    ];
  }
  if (n.partial > 0) {
    const text = ` Regions in ${where} are logged only in part, and no trail reaches Regions enabled later.`;
    return [{ text: `${n.partial} of ${n.all}`, tone: "blind" }, { text }];
  }
  return [
    { text: "No multi-Region trail", tone: "blind" },
    { text: ` exists in ${where}; ${n.covered} of ${n.all} Regions are known to be logged.` },
  ];
}

function faultySentence(
  { analysis, context }: WordsInput,
  trail: TrailView,
  n: Counts,
): readonly SentencePart[] {
  const where = context.accountName;
  const start = { text: `The multi-Region trail ${trail.description.name} exists in ${where}, but ` };
  const status = trail.statuses.get(trail.description.homeRegion) ?? [...trail.statuses.values()][0];
  switch (analysis.reason) {
    case "MULTI_REGION_LOGGING_STOPPED":
      return [
        start,
        blind(`logging was switched off ${ago(status?.stopLoggingTime, context.now)}`.trim()),
        { text: "." },
      ];
    case "MULTI_REGION_DELIVERY_FAILING": {
      const since = status?.latestDeliveryTime;
      const what = since === undefined ? "nothing arrives" : `nothing has arrived since ${day(since)}`;
      return [start, blind(what), { text: `: ${deliveryErrors(trail)} on the log bucket.` }];
    }
    case "MULTI_REGION_DELIVERY_STALE": {
      const length = lengthSince(status?.latestDeliveryTime, context.now);
      return [
        start,
        blind(`nothing has arrived for ${length ?? "more than a day"}`),
        { text: ", without an error." },
      ];
    }
    case "MULTI_REGION_NEVER_DELIVERED": {
      const length = lengthSince(status?.startLoggingTime, context.now);
      const tail = length === null ? "." : `, ${length} after logging began.`;
      return [start, blind("no log file has ever arrived"), { text: tail }];
    }
    default: {
      const what = missingEventsText(trail.classes ?? 0);
      return n.partial === n.all
        ? [
            {
              text: `${n.all === 1 ? "The one Region" : `All ${n.all} Regions`} in ${where} ${n.all === 1 ? "is" : "are"} logged, but `,
            },
            blind(what),
            { text: "." },
          ]
        : [start, blind(what), { text: "." }];
    }
  }
}

function gapCause({ analysis, choice }: WordsInput): string {
  const broken = analysis.coverage.filter(isBroken).map(({ region }) => region.name);
  const name = choice.remediation.trail ?? "";
  switch (choice.change) {
    case "FIX_DELIVERY": {
      const errors = broken.flatMap(
        (region) => choice.trail?.statuses.get(region)?.latestDeliveryError ?? [],
      );
      return ` ${name}: delivery fails there with ${[...new Set(errors)].join(", ")}`;
    }
    case "START_LOGGING":
      return ` ${name}: it is not logging there`;
    default:
      return ` ${name}: its copy is missing there`;
  }
}

function unreadTail({ analysis }: WordsInput): readonly SentencePart[] {
  const regions = analysis.coverage.filter(({ state }) => state === "unknown");
  if (regions.length === 0) return [];
  const isDenied = regions.every(({ region }) => region.failure?.kind === "denied_by_scp");
  const cause = isDenied ? " (denied by a service control policy)" : "";
  return [{ text: ` ${count(regions.length, "Region")} could not be read${cause}.` }];
}

function deliveryErrors(trail: TrailView): string {
  const errors = [...trail.statuses.values()].flatMap((status) => status.latestDeliveryError || []);
  return [...new Set(errors)].join(", ");
}

function countStates({ coverage }: Analysis): Counts {
  const of = (state: string) => coverage.filter((region) => region.state === state).length;
  return {
    all: coverage.length,
    covered: of("covered"),
    partial: of("partial"),
    uncovered: of("uncovered"),
    unknown: of("unknown"),
  };
}

function blind(text: string): SentencePart {
  return { text, tone: "blind" };
}
