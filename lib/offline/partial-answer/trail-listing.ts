import { isPartition } from "@/lib/checks/arn";
import {
  text as asText,
  flag,
  items,
  members,
  UnexpectedShape,
} from "@/lib/offline/saved-answers/aws-shapes";
import { readJson } from "@/lib/offline/saved-answers/json-with-lines";
import type { SavedProblem } from "@/lib/offline/saved-answers/saved-format";

/** One trail as DescribeTrails lists it. Null: the output does not say. */
export interface ListedTrail {
  readonly arn: string;
  readonly name: string;
  readonly homeRegion: string;
  readonly owner: string;
  readonly isMultiRegion: boolean;
  readonly isOrganization: boolean | null;
  readonly hasCustomSelectors: boolean | null;
}

export type TrailListing =
  | {
      readonly trails: readonly ListedTrail[];
      /** How the command left trails out, where the command shows; then a trail that is not listed may still exist. */
      readonly hidden: SavedProblem | null;
    }
  | { readonly problems: readonly SavedProblem[] };

const askAgain = "Run aws cloudtrail describe-trails without further options, and paste all that it prints.";

/**
 * The trails in what `aws cloudtrail describe-trails` printed, in any of its formats and with the terminal around it;
 * answers of several Regions are taken together. A listing that was cut off is a problem: no verdict is based on half a
 * list. Null when there is no such output in the text.
 */
export function trailListing(text: string): TrailListing | null {
  try {
    const found = jsonListing(text) ?? lineListing(text);
    if (found === null) return onlyTheCommand(text);
    return { trails: withoutRepeats(found), hidden: hidesTrails(text) };
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    return { problems: [error.problem] };
  }
}

class Unusable extends Error {
  readonly problem: SavedProblem;
  constructor(line: number, said: string, whatToDo = askAgain) {
    super(said);
    this.problem = { line, text: said, whatToDo };
  }
}

function jsonListing(text: string): readonly ListedTrail[] | null {
  const objects = [...text.matchAll(/\{\s*"trailList"\s*:/g)];
  if (objects.length > 0) {
    return objects.flatMap(({ index }) =>
      trailsAt(text, index, (value) => members(value, "it")["trailList"]),
    );
  }
  const list = /\[\s*(\{\s*"|\[\s*"arn:)/.exec(text);
  const isOfTrails =
    list !== null && /"TrailARN"\s*:|^\[\s*\[\s*"arn:[^"]*:trail\//.test(text.slice(list.index));
  return isOfTrails ? trailsAt(text, list.index, (value) => value) : null;
}

function trailsAt(text: string, start: number, listIn: (value: unknown) => unknown): readonly ListedTrail[] {
  const { value, stop, lineOf } = readJson(text, start);
  if (stop !== null) {
    const what =
      stop.found === null
        ? "The list of trails ends here, unfinished."
        : "The list of trails breaks off here.";
    throw new Unusable(stop.line, what);
  }
  const startLine = text.slice(0, start).split("\n").length;
  try {
    return items(listIn(value), "trailList").map((item) => {
      const line = typeof item === "object" && item !== null ? lineOf(item) : startLine;
      return Array.isArray(item) ? trailOfPair(item, line) : trailOfObject(item, line);
    });
  } catch (error) {
    if (!(error instanceof UnexpectedShape)) throw error;
    throw new Unusable(startLine, `${error.message}.`);
  }
}

function trailOfObject(item: unknown, line: number): ListedTrail {
  const trail = members(item, "a trail");
  const known = (name: string) => (trail[name] === undefined ? null : flag(trail[name], name));
  return {
    ...namesIn(asText(trail["TrailARN"], "TrailARN"), line),
    isMultiRegion: flag(trail["IsMultiRegionTrail"], "IsMultiRegionTrail"),
    isOrganization: known("IsOrganizationTrail"),
    hasCustomSelectors: known("HasCustomEventSelectors"),
  };
}

/** `[TrailARN,IsMultiRegionTrail]`, as the page of the check asks. */
function trailOfPair([arn, isMultiRegion, ...more]: readonly unknown[], line: number): ListedTrail {
  if (typeof arn !== "string" || typeof isMultiRegion !== "boolean" || more.length > 0) {
    throw new Unusable(line, "This is not an ARN with true or false behind it.");
  }
  return { ...namesIn(arn, line), isMultiRegion, isOrganization: null, hasCustomSelectors: null };
}

/** The same as text or as a table: a line per trail. */
function lineListing(text: string): readonly ListedTrail[] | null {
  const rows = text.split("\n").flatMap((row, index) => {
    const cells = row.replaceAll("|", " ").trim();
    return /^arn:\S*(:trail\/|$)/.test(cells) ? [{ cells: cells.split(/\s+/), line: index + 1 }] : [];
  });
  if (rows.length === 0) return null;
  return rows.map(({ cells: [arn = "", said = "", ...more], line }) => {
    if (!/^(true|false)$/i.test(said) || more.length > 0) {
      throw new Unusable(line, "This line does not end in True or False.");
    }
    return trailOfPair([arn, /^true$/i.test(said)], line);
  });
}

/** Names go into sentences and commands, so an ARN is taken only when it is one of a trail, character by character. */
function namesIn(arn: string, line: number): Pick<ListedTrail, "arn" | "name" | "homeRegion" | "owner"> {
  const [, partition, homeRegion = "", owner = "", name = ""] =
    /^arn:([a-z-]+):cloudtrail:([a-z]{2,}(?:-[a-z]+)+-\d+):(\d{12}):trail\/([\w.-]{3,128})$/.exec(arn) ?? [];
  if (!isPartition(partition)) throw new Unusable(line, "This is not the ARN of a trail.");
  return { arn, name, homeRegion, owner };
}

/** A trail seen twice is one trail; seen as both, it was converted in between. */
function withoutRepeats(trails: readonly ListedTrail[]): readonly ListedTrail[] {
  const byArn = new Map<string, ListedTrail>();
  for (const trail of trails) {
    const before = byArn.get(trail.arn);
    byArn.set(trail.arn, before?.isMultiRegion ? before : trail);
  }
  return [...byArn.values()];
}

/** Ways of asking that leave trails out of the answer, where the command is in the text. */
const hiding: readonly (readonly [RegExp, string])[] = [
  [/--no-include-shadow-trails|--include-shadow-trails[= ]+false/, "--no-include-shadow-trails"],
  [/--trail-name-list/, "--trail-name-list"],
  [/--query[^\n]*\[\s*(\?|-?\d|:)/, "the filter in --query"],
  [/--cli-input/, "--cli-input"],
  [/\|\s*(grep|egrep|head|tail|awk|sed|jq[^\n]*select)/, "the filter behind the command"],
];

function commandIn(text: string): { readonly line: number; readonly command: string } | null {
  const found = /\baws\b[^\n]*\bdescribe-trails\b(?:[^\n]*\\\n)*[^\n]*/.exec(text);
  return found && { line: text.slice(0, found.index).split("\n").length, command: found[0] };
}

function hidesTrails(text: string): SavedProblem | null {
  const asked = commandIn(text);
  const option = asked && hiding.find(([pattern]) => pattern.test(asked.command))?.[1];
  if (!option) return null;
  return { line: asked.line, text: `This listing is not whole: ${option} hides trails.`, whatToDo: askAgain };
}

function onlyTheCommand(text: string): TrailListing | null {
  const asked = commandIn(text);
  if (asked === null || /[{[]\s*"/.test(text) || /An error occurred/.test(text)) return null;
  const problem = {
    line: asked.line,
    text: "Here is the command, and nothing that it printed.",
    whatToDo:
      "Paste what it prints as well. If that is nothing, run it with --output json and without --query: an empty list is an answer, too.",
  };
  return { problems: [problem] };
}
