import type { TrailView } from "@/lib/checks/cloudtrail/inventory/trail-view";
import { isGap } from "@/lib/checks/cloudtrail/not-multi-region/rules/coverage";
import type { SentencePart } from "@/lib/checks/description";
import { count, plural } from "@/lib/text";
import { missingEventsText } from "./event-words";
import { latestDelivery } from "./latest-delivery";
import { ago, day, lengthSince } from "./time-words";
import { type Counts, countStates, type WordsInput } from "./words-input";

/** The sentence of a FAIL: every reason has its own. */
export function failSentence(input: WordsInput): readonly SentencePart[] {
  const { analysis, context, choice } = input;
  const n = countStates(analysis);
  const where = context.accountName;
  const trail = choice.trail;
  switch (analysis.reason) {
    case "SINGLE_REGION_ONLY":
      return singleRegionSentence(input, n, where);
    case "SINGLE_REGION_TRAILS_COVER_ALL":
      return [
        { text: `Every Region in ${where} has its own trail today. ` },
        { text: "The next Region you enable will not.", tone: "blind" },
      ];
    case "MULTI_REGION_REGION_GAP": {
      const gaps = analysis.coverage.filter(isGap).length;
      return [
        { text: `${gaps} of ${n.all}`, tone: "blind" },
        {
          text: ` Regions in ${where} ${plural(gaps, "falls", "fall")} out of the multi-Region trail${gapCause(input)}.`,
        },
      ];
    }
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

function singleRegionSentence({ analysis }: WordsInput, n: Counts, where: string): readonly SentencePart[] {
  if (n.uncovered > 0) {
    const uncovered = analysis.coverage.filter(({ state }) => state === "uncovered");
    const withTrail = uncovered.filter(({ region }) =>
      analysis.inventory.trails.some((trail) => trail.seenIn.has(region.name)),
    ).length;
    const text =
      withTrail === 0
        ? ` Regions in ${where} ${plural(n.uncovered, "leaves", "leave")} no trail.`
        : ` Regions in ${where} ${plural(n.uncovered, "is", "are")} not logged${trailText(n.uncovered - withTrail, withTrail)}.`;
    return [{ text: `${n.uncovered} of ${n.all}`, tone: "blind" }, { text }];
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

/** A Region without a trail and one whose trail does not work are repaired in different ways. */
function trailText(without: number, withTrail: number): string {
  const broken = count(withTrail, "has a trail that does not work", "have trails that do not work");
  return without === 0 ? "" : `: ${without} ${plural(without, "has", "have")} no trail, ${broken}`;
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
      const length = lengthSince(latestDelivery(trail), context.now);
      return [
        start,
        blind(length === null ? "nothing has arrived" : `nothing has arrived for ${length}`),
        { text: ", not even the events of our own calls, and AWS reports no error." },
      ];
    }
    case "MULTI_REGION_NEVER_DELIVERED": {
      const length = lengthSince(status?.startLoggingTime, context.now);
      const tail = length === null ? "." : `, ${length} after logging began.`;
      return [start, blind("no log file has ever arrived"), { text: tail }];
    }
    default: {
      if (analysis.reason === "MULTI_REGION_NO_MANAGEMENT_EVENTS" && trail.hasUnrecognizedField) {
        const cause = ": a selector narrows them by a field that this check does not know.";
        return [start, blind("it does not log all management events"), { text: cause }];
      }
      const what = missingEventsText(trail.classes ?? 0);
      return n.partial === n.all
        ? [
            {
              text: `${plural(n.all, "The one Region", `All ${n.all} Regions`)} in ${where} ${plural(n.all, "is", "are")} logged, but `,
            },
            blind(what),
            { text: "." },
          ]
        : [start, blind(what), { text: "." }];
    }
  }
}

function gapCause({ analysis, choice }: WordsInput): string {
  const broken = analysis.coverage.filter(isGap).map(({ region }) => region.name);
  const name = choice.remediation.trail ?? "";
  switch (choice.directAction) {
    case "FIX_DELIVERY": {
      const errors = broken.flatMap(
        (region) => choice.trail?.statuses.get(region)?.latestDeliveryError ?? [],
      );
      return errors.length === 0
        ? ` ${name}: nothing has arrived from there since our own calls, which it should have logged`
        : ` ${name}: delivery fails there with ${[...new Set(errors)].join(", ")}`;
    }
    case "START_LOGGING":
      return ` ${name}: it is not logging there`;
    default:
      return ` ${name}: its copy is missing there`;
  }
}

function deliveryErrors(trail: TrailView): string {
  const errors = [...trail.statuses.values()].flatMap((status) => status.latestDeliveryError || []);
  return [...new Set(errors)].join(", ");
}

function blind(text: string): SentencePart {
  return { text, tone: "blind" };
}
