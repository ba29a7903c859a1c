import type { FindingView } from "@/lib/findings/finding-view";

type Told = Pick<FindingView, "observation" | "short" | "accountName" | "key" | "comebacks" | "assurance">;

/** What a tab of the browser says of a finding: its state first, for a tab shows no more than that. */
export function findingTitle({ observation, short, accountName, key, comebacks }: Told): string {
  const marks = { failing: "◇", passing: "●", unknown: "◌" } as const;
  const isBack = observation === "failing" && comebacks > 0;
  const state = isBack ? "↻ Back again" : `${marks[observation]} ${short ?? "No verdict yet"}`;
  return [state, accountName, ...(key === null ? [] : [key])].join(" · ");
}

/** The same as a shape. A pass of an open finding is not drawn as proven. */
export function findingIcon({ observation, key, assurance }: Told): string {
  const isSure = key === null && assurance === "VERIFIED";
  const name = observation === "passing" ? (isSure ? "passing" : "unproven") : observation;
  return `/state/${name}.svg`;
}
