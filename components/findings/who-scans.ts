import type { Observation } from "@/lib/findings/lifecycle/states";

const mostNamed = 3;

/** Who can have a finding scanned, for a person who may not. `names`: leads and admins. */
export function whoScans(observation: Observation, names: readonly string[]): string {
  const who =
    observation === "passing"
      ? "Leads and admins can scan a finding that passes."
      : "Members, leads and admins can scan this account.";
  const shown = names.length > mostNamed ? [...names.slice(0, mostNamed), "another of them"] : names;
  const last = shown.at(-1);
  if (last === undefined) return who;
  return `${who} Ask ${shown.length === 1 ? last : `${shown.slice(0, -1).join(", ")} or ${last}`}.`;
}
