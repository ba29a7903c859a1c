import type { FilterSelect } from "@/components/findings/list/filter-bar";
import type { AccountOverview } from "@/lib/accounts/account-overview";
import { environmentLabels, environments } from "@/lib/accounts/account-states";
import { assuranceLabels, severityLabels } from "@/lib/checks/labels";
import { checks } from "@/lib/checks/registry";
import { severities } from "@/lib/checks/words";
import { findCause } from "@/lib/findings/cause-states";
import { observationLabels, statusLabels } from "@/lib/findings/lifecycle/states";
import { type FindingQuery, filterNames } from "@/lib/findings/list/finding-query";
import { findingQueryText, findingsHref } from "@/lib/findings/list/finding-url";
import type { FindingCounts } from "@/lib/findings/list-view";
import type { PossibleOwner } from "@/lib/members/possible-owners";

type Choice = readonly [value: string, label: string];

/** Of more people than one can choose from, the URL names the one. */
const mostOwners = 50;

const dueChoices: readonly Choice[] = [
  ["overdue", "Overdue"],
  ["today", "Today"],
  ["week", "In 7 days"],
];

/** Filters that have a control, with what can be chosen. */
export function filterSelects(
  query: FindingQuery,
  known: {
    readonly counts: FindingCounts;
    readonly accounts: AccountOverview["choices"];
    readonly owners: readonly PossibleOwner[];
  },
): readonly FilterSelect[] {
  const { counts, accounts, owners } = known;
  const selects: readonly (readonly [keyof FindingQuery, string, readonly Choice[]])[] = [
    [
      "severity",
      "Severity",
      severities.values.map(
        (value): Choice => [value, `${severityLabels[value]} (${counts.severity[value]})`],
      ),
    ],
    [
      "environment",
      "Environment",
      environments.values.map((value): Choice => [value, environmentLabels[value]]),
    ],
    ["accountId", "Account", accounts.map(({ id, name }): Choice => [id, name])],
    [
      "owner",
      "Owner",
      [
        ["me", "Me"],
        ["none", "Nobody"],
        ...(owners.length > mostOwners ? [] : owners.map(({ id, name }): Choice => [id, name])),
      ],
    ],
    ["due", "Due", dueChoices],
    ["checkId", "Check", checks.map(({ id, title }): Choice => [id, title])],
  ];
  return selects
    .filter(([, , choices]) => choices.length > 0)
    .map(([name, label, choices]) => {
      const value = textOf(query[name]);
      return { name, label, value, choices: withCurrent(choices, value) };
    });
}

/** A choice of several, or one that the list does not offer, is offered as it stands in the URL. */
function withCurrent(choices: readonly Choice[], value: string): readonly Choice[] {
  if (value === "" || choices.some(([one]) => one === value)) return choices;
  const words = value.split(",").map((one) => choices.find(([known]) => known === one)?.[1] ?? one);
  return [...choices, [value, words.map((word) => word.replace(/ \(\d+\)$/, "")).join(", ")]];
}

/** Group and order. */
export function arrangeSelects(query: FindingQuery): readonly FilterSelect[] {
  const sorts: readonly Choice[] = [
    ["severity", "Severity"],
    ["due", "Due"],
    ["observationSince", "Failing longest"],
    ["account", "Account"],
    ["-priority", "Priority, last first"],
    ["-due", "Due, last first"],
    ["-observationSince", "Failing shortest"],
  ];
  const weeks: readonly Choice[] = [["-due", "Due, last first"]];
  const isWeeks = query.group === "dueWeek";
  const sort = query.sort === undefined || query.sort === (isWeeks ? "due" : "priority") ? "" : query.sort;
  return [
    {
      name: "group",
      label: "Group",
      value: query.group ?? "",
      any: "None",
      choices: [
        ["cause", "Cause"],
        ["account", "Account"],
        ["owner", "Owner"],
        ["dueWeek", "Due week"],
      ],
    },
    {
      name: "sort",
      label: "Sort",
      value: sort,
      any: isWeeks ? "Due" : "Priority",
      choices: withCurrent(isWeeks ? weeks : sorts, sort),
    },
  ];
}

function hasControl(name: string, selects: readonly FilterSelect[]): boolean {
  return name === "q" || selects.some((select) => select.name === name);
}

/** What the tabs set. */
const ofTabs: ReadonlySet<string> = new Set(["observation", "assurance"]);

const labels: Partial<Record<keyof FindingQuery, { name: string; of: (value: string) => string }>> = {
  status: { name: "Status", of: (value) => (statusLabels as Record<string, string>)[value] ?? value },
  priority: { name: "Priority", of: (value) => value },
  region: { name: "Region", of: (value) => value },
  episode: { name: "Episodes", of: (value) => value },
  comebacks: { name: "Came back", of: (value) => value },
  claim: { name: "Claim", of: (value) => value },
  cause: { name: "Cause", of: (value) => findCause(value)?.title ?? value },
  accountId: { name: "Account", of: (value) => value },
  observation: {
    name: "Observation",
    of: (value) => (observationLabels as Record<string, string>)[value] ?? value,
  },
  assurance: { name: "Pass", of: (value) => (assuranceLabels as Record<string, string>)[value] ?? value },
};

/** Filters of the URL that have no control, each with the list's URL without it. */
export function filterChips(query: FindingQuery, path: string, selects: readonly FilterSelect[]) {
  return activeFilters(query)
    .filter((name) => !hasControl(name, selects))
    .map((name) => {
      const label = labels[name];
      const words = textOf(query[name])
        .split(",")
        .map((value) => label?.of(value) ?? value);
      return {
        text: `${label?.name ?? name}: ${words.join(", ")}`,
        href: findingsHref(path, { ...query, [name]: undefined }),
      };
    });
}

/** Names that narrow what a tab shows. */
export function activeFilters(query: FindingQuery): readonly (keyof FindingQuery)[] {
  return filterNames.filter((name) => !ofTabs.has(name) && textOf(query[name]) !== "");
}

/** What the form keeps of the URL although it has no control for it. */
export function keptParameters(
  query: FindingQuery,
  selects: readonly FilterSelect[],
): readonly (readonly [string, string])[] {
  return [...new URLSearchParams(findingQueryText(query))].filter(
    ([name]) => !hasControl(name, selects) && name !== "group" && name !== "sort",
  );
}

/** The tab with its group and order, without filters. */
export function unfiltered({ observation, assurance, group, sort }: FindingQuery): FindingQuery {
  return { observation, assurance, group, sort };
}

function textOf(value: FindingQuery[keyof FindingQuery]): string {
  return value === undefined ? "" : typeof value === "string" ? value : value.join(",");
}
