import type { Severity } from "@/lib/checks/evaluation";
import { severities } from "@/lib/checks/words";
import type { Observation } from "./lifecycle/states";

interface Kind {
  readonly observation: Observation;
  /** A pass that rests on Regions or deliveries that nobody saw. */
  readonly isInferred: boolean;
}

/** Kinds in the order of lists. Tens of a place; the units are the severity, the worst first. */
const order: readonly Kind[] = [
  { observation: "failing", isInferred: false },
  { observation: "unknown", isInferred: false },
  { observation: "passing", isInferred: true },
  { observation: "passing", isInferred: false },
];
const worstFirst: readonly (Severity | null)[] = ["CRITICAL", "HIGH", "MEDIUM", "LOW", null];

/** Which places are meant; absent means any. */
export interface PlaceFilter {
  readonly observation?: Observation | undefined;
  readonly severity?: Severity | undefined;
  /** True: inferred passes alone; false: all but those. */
  readonly isInferred?: boolean | undefined;
}

/** Places (the column the database generates from observation, assurance and severity) of the findings that are meant. */
export function placesOf({ observation, severity, isInferred }: PlaceFilter): readonly number[] {
  return order.flatMap((kind, tens) =>
    worstFirst.flatMap((one, units) =>
      (observation === undefined || kind.observation === observation) &&
      (isInferred === undefined || kind.isInferred === isInferred) &&
      (severity === undefined || one === severity)
        ? [tens * 10 + units]
        : [],
    ),
  );
}

/** Places of findings that are unknown now and failed when they were last read: a severity is that of a failing verdict. */
export const unreadFailingPlaces: readonly number[] = severities.values.flatMap((severity) =>
  placesOf({ observation: "unknown", severity }),
);

/** What stands at a place. Throws for a number that is none. */
export function atPlace(place: number): Kind & { readonly severity: Severity | null } {
  const kind = order[Math.floor(place / 10)];
  if (!kind) throw new Error(`Unknown place of a finding: ${place}`);
  return { ...kind, severity: severities.parseOrNull(worstFirst[place % 10] ?? null) };
}
