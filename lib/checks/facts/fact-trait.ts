import type { FactName, Facts, FactsByName, RelatedByFact } from "./facts";

/** One successful look at something, and the subjects it found. */
export interface Look {
  /** Marks in our history that we have looked, `read:…`. */
  readonly look: string;
  readonly subjects: readonly string[];
}

/** Things whose first sighting our own history keeps, because AWS does not tell since when they are so. */
export interface Sightings<T> {
  /** The looks of one reading. What could not be read is no look: it neither finds nor misses a subject. */
  looksIn(fact: T, facts: Partial<Facts>): readonly Look[];
  /** The look that finds this subject when it is there; null for the subjects of other facts. */
  lookFor(subject: string): string | null;
}

/** What is done with a fact beyond handing it to checks. A fact without any of it needs no entry. */
export interface FactTraits<N extends FactName> {
  readonly sightings?: Sightings<FactsByName[N]>;
  /** IAM action that reads this fact Region by Region: a Region counts as read when it was answered there. */
  readonly readsRegionsBy?: `${string}:${string}`;
  /** What it shows, together with the facts that build on it, of other accounts in the same AWS organization. */
  readonly related?: (facts: Partial<Facts>) => N extends keyof RelatedByFact ? RelatedByFact[N] : never;
}
