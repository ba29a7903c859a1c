import { observationLabels } from "@/lib/findings/lifecycle/states";
import type { FindingQuery } from "@/lib/findings/list/finding-query";
import { findingsHref } from "@/lib/findings/list/finding-url";
import type { FindingCounts } from "@/lib/findings/list-view";

/** What tabs are about; the other filters stay when one is chosen. */
const tabNames = ["observation", "assurance", "status", "owner", "due", "comebacks"] as const;
type TabName = (typeof tabNames)[number];

interface Kind {
  readonly label: string;
  readonly query: Pick<FindingQuery, TabName>;
  /** Absent where counting would read more than the list does. */
  readonly count?: (counts: FindingCounts) => number;
}

/** What needs work is what a page without a choice shows, see withDefaultView(). */
const kinds: readonly Kind[] = [
  { label: "Needs work", query: {}, count: ({ needsWork }) => needsWork },
  {
    label: observationLabels.failing,
    query: { observation: ["failing"] },
    count: ({ observation }) => observation.failing,
  },
  { label: "Mine", query: { owner: ["me"] } },
  { label: "Unassigned", query: { observation: ["failing"], owner: ["none"] } },
  { label: "Overdue", query: { due: "overdue" } },
  { label: "Came back", query: { observation: ["failing"], comebacks: "1.." } },
  { label: "Waiting for proof", query: { status: ["awaiting_verification"] } },
  { label: "Verified", query: { status: ["resolved"] } },
  {
    label: observationLabels.unknown,
    query: { observation: ["unknown"] },
    count: ({ observation }) => observation.unknown,
  },
  {
    label: "Inferred pass",
    query: { observation: ["passing"], assurance: ["INFERRED"] },
    count: ({ inferred }) => inferred,
  },
  {
    label: observationLabels.passing,
    query: { observation: ["passing"], assurance: ["VERIFIED", "PENDING"] },
    count: ({ observation, inferred }) => observation.passing - inferred,
  },
  {
    label: "All",
    query: { observation: ["failing", "passing", "unknown"] },
    count: ({ observation }) => observation.failing + observation.passing + observation.unknown,
  },
];

/** The tabs of the list. Choosing one takes away what the present one asked for and keeps the other filters. */
export function findingTabs(query: FindingQuery, counts: FindingCounts, path: string) {
  const present = presentKind(query);
  const rest = without(query, present === undefined ? ["observation", "assurance"] : namesOf(present));
  return (
    kinds
      .map((kind) => ({
        label: kind.label,
        count: kind.count?.(counts) ?? null,
        href: findingsHref(path, {
          ...without(rest, kind.query.observation || kind.query.status ? [] : ["status"]),
          ...kind.query,
        }),
        current: kind === present,
      }))
      // Most organizations have none, and the word needs a place only where there is one.
      .filter(({ label, count, current }) => label !== "Inferred pass" || (count ?? 0) > 0 || current)
  );
}

/** The tab whose list this is: the one that says most of what is asked for. */
function presentKind(query: FindingQuery): Kind | undefined {
  const fitting = kinds.filter(
    (kind) =>
      namesOf(kind).every((name) => textOf(kind.query[name]) === textOf(query[name])) &&
      // What is shown by observation is never what a tab without one shows.
      (["observation", "assurance", "status"] as const).every(
        (name) => kind.query[name] !== undefined || (query[name] ?? []).length === 0 || isRefined(kind, name),
      ),
  );
  return fitting.sort((a, b) => namesOf(b).length - namesOf(a).length)[0];
}

/** A status narrows a tab of an observation without making it another. */
function isRefined({ query }: Kind, name: TabName): boolean {
  return name === "status" && query.observation !== undefined;
}

function namesOf({ query }: Kind): TabName[] {
  return tabNames.filter((name) => query[name] !== undefined);
}

function without(query: FindingQuery, names: readonly TabName[]): FindingQuery {
  return Object.fromEntries(Object.entries(query).filter(([name]) => !names.some((one) => one === name)));
}

function textOf(value: string | readonly string[] | undefined): string {
  return typeof value === "string" ? value : [...(value ?? [])].sort().join();
}
