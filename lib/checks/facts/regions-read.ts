import { factTraits } from "./fact-traits";
import type { FactName, Facts } from "./facts";
import type { ByRegion } from "./reading";

const readers = (Object.keys(factTraits) as FactName[]).flatMap((name) => {
  const action = factTraits[name]?.readsRegionsBy;
  return action === undefined ? [] : [{ name, action }];
});

/** IAM actions by which Regions are read: one counts as read when each of them was answered there. */
export const regionActions: readonly string[] = readers.map(({ action }) => action);

/** Every Region that was asked, and whether all of it was answered. */
export function regionsRead(facts: Partial<Facts>): ReadonlyMap<string, boolean> {
  const read = new Map<string, boolean>();
  for (const { name } of readers) {
    // Only facts that are read Region by Region name an action to read them by.
    const readings = Object.entries((facts[name] ?? {}) as ByRegion<unknown>);
    for (const [region, { ok }] of readings) read.set(region, ok && read.get(region) !== false);
  }
  return read;
}
