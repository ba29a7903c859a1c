import type { Look, Sightings } from "./fact-trait";
import { factTraits } from "./fact-traits";
import type { FactName, Facts } from "./facts";

/** Every look that these facts are the result of, whichever facts they are. */
export function looksIn(facts: Partial<Facts>): readonly Look[] {
  return factsWithSightings().flatMap(([name, sightings]) => {
    const fact = facts[name];
    return fact === undefined ? [] : sightings.looksIn(fact, facts);
  });
}

/** The look that finds a subject when it is there; null when no fact knows it any more. */
export function lookFor(subject: string): string | null {
  for (const [, sightings] of factsWithSightings()) {
    const look = sightings.lookFor(subject);
    if (look !== null) return look;
  }
  return null;
}

/** The table holds each fact's own type under its own name, which a list of both cannot say. */
function factsWithSightings(): readonly (readonly [FactName, Sightings<unknown>])[] {
  return (Object.keys(factTraits) as FactName[]).flatMap((name) => {
    const sightings = factTraits[name]?.sightings as Sightings<unknown> | undefined;
    return sightings === undefined ? [] : [[name, sightings] as const];
  });
}
