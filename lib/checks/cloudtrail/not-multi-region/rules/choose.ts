/** Something that speaks for a trail. The words for each are in `words/choice-words.ts`. */
export type PreferenceName =
  | "nearest"
  | "complete"
  | "healthy"
  | "logging"
  | "own"
  | "organization"
  | "central_bucket"
  | "validation"
  | "key"
  | "primary";

export interface Preference<T> {
  readonly name: PreferenceName;
  readonly holds: (candidate: T) => boolean;
}

/** A preference that decided between candidates: how many there were, and how many it left. */
export interface Narrowing {
  readonly by: PreferenceName;
  readonly from: number;
  readonly to: number;
}

export interface Chosen<T> {
  readonly trail: T;
  /** What decided, in order. The last may leave several: then the first by home Region was taken. */
  readonly because: readonly Narrowing[];
}

/**
 * The best candidate by preferences in order, and what decided. One that none of the candidates meets decides
 * nothing. `order` decides between the rest.
 */
export function choose<T>(
  candidates: readonly T[],
  preferences: readonly Preference<T>[],
  order: (a: T, b: T) => number,
): Chosen<T> {
  let left = candidates;
  const because: Narrowing[] = [];
  for (const { name, holds } of preferences) {
    const preferred = left.filter(holds);
    if (preferred.length === 0 || preferred.length === left.length) continue;
    because.push({ by: name, from: left.length, to: preferred.length });
    left = preferred;
  }
  const [trail] = [...left].sort(order);
  if (trail === undefined) throw new Error("A remediation needs at least one candidate trail.");
  return { trail, because };
}
