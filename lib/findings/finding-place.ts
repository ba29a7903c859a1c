import type { Severity } from "@/lib/checks/evaluation";
import { severities } from "@/lib/checks/words";
import { type Observation, observations } from "./lifecycle/states";

/** Observations in the order of lists. Tens of a place; the units are the severity, the worst first. */
const order: readonly Observation[] = ["failing", "unknown", "passing"];
const worstFirst: readonly (Severity | null)[] = ["CRITICAL", "HIGH", "MEDIUM", "LOW", null];

/**
 * Places (the column the database generates from observation and severity) of findings with these; absent means any.
 */
export function placesOf(
  observation: Observation | undefined,
  severity: Severity | undefined,
): readonly number[] {
  return order.flatMap((one, tens) =>
    worstFirst.flatMap((other, units) =>
      (observation === undefined || one === observation) && (severity === undefined || other === severity)
        ? [tens * 10 + units]
        : [],
    ),
  );
}

/** Places of findings that are unknown now and failed when they were last read: a severity is that of a failing verdict. */
export const unreadFailingPlaces: readonly number[] = severities.values.flatMap((severity) =>
  placesOf("unknown", severity),
);

/** Observation and severity of a place. Throws for a number that is none. */
export function atPlace(place: number): {
  readonly observation: Observation;
  readonly severity: Severity | null;
} {
  return {
    observation: observations.parse(order[Math.floor(place / 10)] ?? `at place ${place}`),
    severity: severities.parseOrNull(worstFirst[place % 10] ?? null),
  };
}
