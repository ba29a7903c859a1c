import type { FindingView } from "@/lib/findings/finding-view";

type Told = Pick<
  FindingView,
  "observation" | "short" | "accountName" | "key" | "comebacks" | "assurance" | "status"
>;

/** What a tab of the browser says of a finding: its state first, for a tab shows no more than that. */
export function findingTitle({ observation, short, accountName, key, comebacks, status }: Told): string {
  const marks = { failing: "◇", passing: "●", unknown: "◌" } as const;
  const isBack = observation === "failing" && comebacks > 0;
  const words = status === "resolved" && observation === "passing" ? "Verified" : (short ?? "No verdict yet");
  const state = isBack ? "↻ Back again" : `${marks[observation]} ${words}`;
  return [state, accountName, ...(key === null ? [] : [key])].join(" · ");
}

/** The same as a shape. A pass of an open finding is not drawn as proven. */
export function findingIcon({ observation, key, assurance, status }: Told): string {
  const isSure = status === "resolved" || (key === null && assurance === "VERIFIED");
  const name = observation === "passing" ? (isSure ? "passing" : "unproven") : observation;
  return `/state/${name}.svg`;
}
