import { isPartition, parseArn, partitionNamedIn, partitionNotSupported } from "@/lib/checks/arn";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { Facts, Partition } from "@/lib/checks/facts/facts";
import { defaultRegions } from "@/lib/checks/regions";
import { type Scanner, scannerOf } from "@/lib/checks/scanner";
import { visible } from "@/lib/checks/snippets/visible";
import { plural } from "@/lib/text";
import { text as asText, members, textOf, UnexpectedShape } from "./aws-shapes";
import { foreignProblem } from "./foreign-json";
import { type JsonReading, type JsonStop, readJson } from "./json-with-lines";
import { askedRegions, factsOf, missingAnswers } from "./saved-facts";
import { type SavedProblem, type SavedRecord, savedFormat } from "./saved-format";
import { savedCalls } from "./services";

export type ParsedSaved =
  | { readonly ok: true; readonly facts: Partial<Facts>; readonly context: EvaluationContext }
  | { readonly ok: false; readonly problems: readonly SavedProblem[] };

const runAgain = "Run the command again and paste all that it prints, or use the file it wrote.";

/**
 * Saved AWS answers (format: `saved-format.ts`) as facts and context of an evaluation, whose clock is the moment
 * of the reading. Text before and after the document is ignored, so a whole terminal may be pasted. Whatever
 * keeps the verdict from being sure (a cut, a missing Region, foreign JSON) is a problem with its line: there is
 * no verdict on half a file. Never throws; makes no request.
 */
export function parseSaved(text: string): ParsedSaved {
  if (text.trim() === "") {
    return refused({ text: "There is nothing to check yet.", whatToDo: runAgain });
  }
  const start = documentStart(text);
  if (start === null) return refused(...notOurs(text));
  const reading = readJson(text, start);
  const records = recordsOf(reading);
  if (reading.stop !== null) return refused(...stopped(reading.stop, records.found));
  const document = reading.value as Readonly<Record<string, unknown>>;
  if (document["format"] !== savedFormat) {
    return refused({
      line: reading.lineOf(document),
      text: `The format is ${visible(String(document["format"]))}; ${savedFormat} was expected.`,
      whatToDo: "Take the command from this page again: it changes with the format.",
    });
  }
  const problems = [...records.problems];
  if (document["complete"] !== true) {
    problems.push({ text: "The document has no end mark: it was cut off.", whatToDo: runAgain });
  }
  problems.push(...missingRegions(records.found));
  const identity = identityOf(records.found);
  const now = typeof document["takenAt"] === "string" ? document["takenAt"] : "";
  if (!/^\d{4}-\d\d-\d\dT/.test(now) || Number.isNaN(Date.parse(now))) {
    problems.push({
      line: reading.lineOf(document),
      text: "takenAt is not a time; the verdict depends on it.",
      whatToDo: runAgain,
    });
  }
  if ("problem" in identity) return refused(...problems, identity.problem);
  const facts = factsOf(records.found, identity.id);
  problems.push(...facts.problems);
  if (problems.length > 0) return refused(...problems);
  return {
    ok: true,
    facts: facts.facts,
    context: {
      now,
      account: { id: identity.id, partition: identity.partition },
      ...(identity.scanner === null ? {} : { scanner: identity.scanner }),
      defaultRegions: defaultRegions(identity.partition),
      sightings: {},
      acceptances: [],
    },
  };
}

function refused(...problems: readonly SavedProblem[]): ParsedSaved {
  return { ok: false, problems };
}

/** The last document of the text: a pasted terminal may show the command and an earlier run before it. */
function documentStart(text: string): number | null {
  const starts = [...text.matchAll(/\{\s*"format"\s*:\s*"posturio-aws-answers/g)];
  return starts.at(-1)?.index ?? null;
}

function notOurs(text: string): readonly SavedProblem[] {
  const start = /[{[]/.exec(text)?.index;
  if (start === undefined) {
    return [{ line: 1, text: "This is not JSON: no { was found.", whatToDo: runAgain }];
  }
  const reading = readJson(text, start);
  const line = text.slice(0, start).split("\n").length;
  const foreign = foreignProblem(reading.value, line);
  return reading.stop === null ? [foreign] : [...stopped(reading.stop, []), foreign];
}

function stopped(stop: JsonStop, records: readonly SavedRecord[]): readonly SavedProblem[] {
  const { line, column, expected, found, isBrokenText } = stop;
  const read = askedRegions(records);
  const missing = missingRegions(records);
  if (found === null && !isBrokenText) {
    const after = read.size === 0 ? "" : ` after ${read.size} ${plural(read.size, "Region", "Regions")}`;
    return [
      {
        line,
        text: `The text ends here${after}; ${expected} was expected.`,
        whatToDo: "The copy was cut off. Paste it whole, or use the file that the command wrote.",
      },
      ...missing,
    ];
  }
  if (isBrokenText) {
    return [
      {
        line,
        text: `The line breaks off inside a text (column ${column}).`,
        whatToDo:
          "The terminal wrapped long lines. Use the file that the command wrote instead of the screen.",
      },
    ];
  }
  return [
    {
      line,
      text: `Column ${column}: ${expected} was expected, found ${visible(found ?? "")}.`,
      whatToDo: runAgain,
    },
    ...missing,
  ];
}

/** Enabled Regions of which the file says nothing. */
function missingRegions(records: readonly SavedRecord[]): readonly SavedProblem[] {
  const missing = missingAnswers(records);
  if (missing.length === 0) return [];
  const names = missing.join(", ");
  return [
    {
      text: `${missing.length} enabled ${plural(missing.length, "Region is", "Regions are")} missing: ${names}.`,
      whatToDo: "A verdict needs every enabled Region. Run the command again and let it finish.",
    },
  ];
}

/** Whole records, and what is wrong with the others. */
function recordsOf(reading: JsonReading): {
  readonly found: readonly SavedRecord[];
  readonly problems: readonly SavedProblem[];
} {
  const found: SavedRecord[] = [];
  const problems: SavedProblem[] = [];
  const root = reading.value;
  const list =
    typeof root === "object" && root !== null ? (root as { answers?: unknown }).answers : undefined;
  if (!Array.isArray(list)) {
    if (reading.stop === null) problems.push({ text: "The list of answers is missing.", whatToDo: runAgain });
    return { found, problems };
  }
  for (const item of list) {
    const isObject = typeof item === "object" && item !== null;
    if (isObject && !reading.isWhole(item)) continue;
    const line = isObject ? reading.lineOf(item) : undefined;
    try {
      const record = recordOf(item, line ?? 0);
      if (record !== null) found.push(record);
    } catch (error) {
      if (!(error instanceof UnexpectedShape)) throw error;
      problems.push({ ...(line ? { line } : {}), text: `${error.message}.`, whatToDo: runAgain });
    }
  }
  return { found, problems };
}

/** One line of the file; null for a call that this version does not know. */
function recordOf(item: unknown, line: number): SavedRecord | null {
  const record = members(item, "an answer");
  const call = asText(record["call"], "call");
  const kind = Object.hasOwn(savedCalls, call) ? savedCalls[call] : undefined;
  if (kind === undefined) return null;
  const error = record["error"];
  if (error === undefined && record["answer"] === undefined) {
    throw new UnexpectedShape(`${call} has neither an answer nor an error`);
  }
  return {
    call,
    region: kind.region ? textOf("region")(record["region"], `region of ${call}`) : "",
    target: kind.target ? targetOf(record["target"], `target of ${call}`) : "",
    answer: record["answer"],
    error: error === undefined ? null : String(error),
    line,
  };
}

/** What is asked for by its ARN: a trail, or an event data store. */
function targetOf(value: unknown, name: string): string {
  const target = asText(value, name);
  return textOf(target.includes(":eventdatastore/") ? "storeArn" : "trailArn")(target, name);
}

type Identity =
  | { readonly id: string; readonly partition: Partition; readonly scanner: Scanner | null }
  | { readonly problem: SavedProblem };

function identityOf(records: readonly SavedRecord[]): Identity {
  const record = records.find(({ call }) => call === "sts:GetCallerIdentity");
  if (record === undefined) {
    return { problem: { text: "The file does not say whose account this is.", whatToDo: runAgain } };
  }
  if (record.error !== null) {
    return {
      problem: {
        line: record.line,
        text: `AWS did not say whose account this is: ${visible(record.error.trim())}`,
        whatToDo:
          "Sign in to AWS in that shell (aws sts get-caller-identity must work), then run the command again.",
      },
    };
  }
  const answer = record.answer as { Account?: unknown; Arn?: unknown } | null;
  const text = typeof answer?.Arn === "string" ? answer.Arn : "";
  const named = partitionNamedIn(text);
  if (named !== null && !isPartition(named)) {
    return {
      problem: {
        line: record.line,
        text: partitionNotSupported(named),
        whatToDo: "Nothing was judged: its Regions and rules are not known here.",
      },
    };
  }
  const arn = parseArn(text);
  const id = answer?.Account;
  if (arn === null || typeof id !== "string" || !/^\d{12}$/.test(id)) {
    return {
      problem: { line: record.line, text: "GetCallerIdentity names no account.", whatToDo: runAgain },
    };
  }
  return { id, partition: arn.partition, scanner: scannerOf(String(answer?.Arn)) };
}
