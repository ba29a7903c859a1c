import { knownRegions, regionInfo } from "@/lib/checks/regions";

export interface RegionGroup<T> {
  readonly geography: string;
  readonly regions: readonly T[];
}

/**
 * Regions by geography, in the order of the static table; Regions it does not know yet are under "Other", by name.
 */
export function groupByGeography<T extends { readonly name: string }>(
  items: readonly T[],
): readonly RegionGroup<T>[] {
  const position = new Map(knownRegions.map((region, index) => [region.name, index]));
  const sorted = [...items].sort(
    (a, b) =>
      (position.get(a.name) ?? knownRegions.length) - (position.get(b.name) ?? knownRegions.length) ||
      a.name.localeCompare(b.name),
  );
  const groups = new Map<string, T[]>();
  for (const item of sorted) {
    const geography = regionInfo(item.name).geography;
    const group = groups.get(geography);
    if (group) group.push(item);
    else groups.set(geography, [item]);
  }
  // "Other" reads last whatever came first.
  return [...groups]
    .map(([geography, members]) => ({ geography, regions: members }))
    .sort((a, b) => Number(a.geography === "Other") - Number(b.geography === "Other"));
}
