import type { Verdict } from "@/lib/checks/evaluation";
import type { FindingEventKind } from "@/lib/findings/lifecycle/states";
import { plural } from "@/lib/text";
import type { ScanChange } from "./scan-view";

/** What one check said in a scan, and the event of its finding's history, if it said anything new. */
export interface CheckedInScan {
  readonly verdict: Verdict;
  readonly event: FindingEventKind | null;
}

type Words = readonly [one: string, many: string];

/** In the order in which they are told: what changed first, and of that what asks for work. */
const kinds: readonly (readonly [kind: ScanChange["kind"], words: Words])[] = [
  ["back", ["is back", "are back"]],
  ["new", ["is new", "are new"]],
  ["fixed", ["now passes", "now pass"]],
  ["failing", ["still fails", "still fail"]],
  ["unread", ["could not be evaluated", "could not be evaluated"]],
  ["passing", ["passes", "pass"]],
];

/** Kinds that are news; the others only say how the rest is. */
const news: ReadonlySet<ScanChange["kind"]> = new Set(["back", "new", "fixed"]);

/**
 * What a scan changed, told by its checks: news first, then what is as it was. Passing checks are told only when there
 * is nothing else to tell.
 */
export function scanChanges(checked: readonly CheckedInScan[]): readonly ScanChange[] {
  const all = checked.map(kindOf);
  const told = kinds.flatMap(([kind, words]) => {
    const count = all.filter((one) => one === kind).length;
    return count === 0 ? [] : [{ kind, count, words }];
  });
  const shown = told.filter(({ kind }) => kind !== "passing" || told.length === 1);
  return shown.map(({ kind, count, words }, index) => {
    const what = index > 0 ? "" : ` ${plural(count, nounOf(kind), `${nounOf(kind)}s`)}`;
    return { kind, isNews: news.has(kind), count, text: `${count}${what} ${plural(count, ...words)}` };
  });
}

function kindOf({ verdict, event }: CheckedInScan): ScanChange["kind"] {
  if (verdict === "NOT_EVALUATED") return "unread";
  if (verdict === "PASS") return event === "now_passing" ? "fixed" : "passing";
  if (event === "failing_again") return "back";
  return event === "detected" ? "new" : "failing";
}

/** What never failed is a check; a finding is what did. */
function nounOf(kind: ScanChange["kind"]): string {
  return kind === "passing" || kind === "unread" ? "check" : "finding";
}
