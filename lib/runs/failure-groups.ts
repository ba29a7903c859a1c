import { failureWords } from "@/lib/checks/facts/failure-words";
import type { ReadFailure } from "@/lib/checks/facts/reading";
import { readFailureKinds } from "@/lib/checks/words";

/** What we need of a stored call to speak of it. */
export interface CallOutcome {
  readonly api: string;
  readonly region: string;
  readonly outcome: string;
  readonly errorCode?: string;
  readonly message?: string;
  /** ISO 8601. */
  readonly at: string;
}

export interface FailureGroup {
  readonly api: string;
  readonly code: string;
  /** What failed, in plain words. */
  readonly text: string;
  readonly whatToDo: string;
  readonly count: number;
  readonly regions: readonly string[];
}

/** Failed calls grouped by cause (action, kind and code), the most frequent first. */
export function failureGroups(calls: readonly CallOutcome[]): FailureGroup[] {
  const byCause = new Map<string, CallOutcome[]>();
  for (const call of calls) {
    if (call.outcome === "ok") continue;
    const cause = JSON.stringify([call.api, call.outcome, call.errorCode]);
    byCause.set(cause, [...(byCause.get(cause) ?? []), call]);
  }
  return [...byCause.values()].map(groupOf).sort((a, b) => b.count - a.count || a.api.localeCompare(b.api));
}

function groupOf(calls: readonly CallOutcome[]): FailureGroup {
  const first = calls[0];
  if (!first) throw new Error("A group of failures has at least one.");
  const regions = [...new Set(calls.map((call) => call.region))].sort();
  const words = failureWords({ ...failureOf(first), region: placeOf(regions) });
  return {
    api: first.api,
    code: first.errorCode ?? first.outcome,
    text: words.text,
    whatToDo: words.whatToDo,
    count: calls.length,
    regions,
  };
}

/** The words name one place; the Regions are listed beside them. */
function placeOf(regions: readonly string[]): string {
  return regions.length === 1 ? (regions[0] ?? "") : `${regions.length} Regions`;
}

function failureOf(call: CallOutcome): ReadFailure {
  return {
    kind: readFailureKinds.parse(call.outcome),
    api: call.api,
    region: call.region,
    code: call.errorCode ?? call.outcome,
    message: call.message ?? "",
  };
}
