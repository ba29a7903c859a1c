import { observationLabels } from "@/lib/findings/lifecycle/states";
import type { FindingQuery } from "@/lib/findings/list/finding-query";
import { findingsHref } from "@/lib/findings/list/finding-url";
import type { FindingCounts } from "@/lib/findings/list-view";

interface Kind {
  readonly label: string;
  readonly query: Pick<FindingQuery, "observation" | "assurance">;
  readonly count: (counts: FindingCounts) => number;
}

/** What needs work is what a page without a choice shows, see withDefaultView(). */
const kinds: readonly Kind[] = [
  { label: "Needs work", query: {}, count: ({ needsWork }) => needsWork },
  {
    label: observationLabels.failing,
    query: { observation: ["failing"] },
    count: ({ observation }) => observation.failing,
  },
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

/** The tabs of the list, each a filter of its own with the others kept. */
export function findingTabs(query: FindingQuery, counts: FindingCounts, path: string) {
  const here = setOf(query);
  return (
    kinds
      .map((kind) => {
        const isDefault = kind.query.observation === undefined;
        const { observation: _seen, assurance: _sure, status, ...rest } = query;
        return {
          label: kind.label,
          count: kind.count(counts),
          href: findingsHref(path, { ...rest, ...(isDefault ? {} : { status }), ...kind.query }),
          current: setOf(kind.query) === here && !(isDefault && (status ?? []).length > 0),
        };
      })
      // Most organizations have none, and the word needs a place only where there is one.
      .filter(({ label, count, current }) => label !== "Inferred pass" || count > 0 || current)
  );
}

function setOf({ observation, assurance }: Pick<FindingQuery, "observation" | "assurance">): string {
  return [observation, assurance].map((list) => [...(list ?? [])].sort().join()).join(" ");
}
