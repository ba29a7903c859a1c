import type { FactTraits } from "./fact-trait";

const look = "read:regions";
const prefix = "region:";

/** An enabled Region, in our history. */
export function regionSubject(name: string): string {
  return `${prefix}${name}`;
}

/** Since when a Region is enabled: copies of what is created for every Region take hours to arrive in a new one. */
export const regionsTraits: FactTraits<"regions"> = {
  sightings: {
    looksIn(regions) {
      if (!regions.ok) return [];
      const enabled = regions.value.filter(({ optInStatus }) => optInStatus !== "not-opted-in");
      return [{ look, subjects: enabled.map(({ name }) => regionSubject(name)) }];
    },
    lookFor: (subject) => (subject.startsWith(prefix) ? look : null),
  },
};
