import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { Facts } from "@/lib/checks/facts/facts";
import { lookFor, looksIn } from "@/lib/checks/facts/sightings";

/** Subjects and when our own history first saw them. ISO 8601 in UTC. */
export type FirstSeenTimes = ReadonlyMap<string, string>;

export interface FirstSeenUpdate {
  readonly sightings: EvaluationContext["sightings"];
  readonly add: readonly { readonly subject: string; readonly at: string }[];
  readonly remove: readonly string[];
}

/**
 * Since when things are as they are, by our own history: AWS does not tell. A date is given only when an earlier
 * scan had looked and seen that it was not so yet. What was already there when we first looked (`read:…` marks
 * that moment) may be years old and gets no date, hence no grace. Facts say what there is to see.
 */
export function updateFirstSeen(
  previous: FirstSeenTimes,
  facts: Partial<Facts>,
  now: string,
): FirstSeenUpdate {
  const times = new Map(previous);
  const remove = new Set<string>();
  const see = (subject: string) => {
    if (!times.has(subject)) times.set(subject, now);
  };
  for (const { look, subjects } of looksIn(facts)) {
    const found = new Set(subjects);
    for (const subject of [...times.keys()]) {
      if (lookFor(subject) !== look || found.has(subject)) continue;
      times.delete(subject);
      if (previous.has(subject)) remove.add(subject);
    }
    for (const subject of found) see(subject);
    see(look);
  }
  const add = [...times]
    .filter(([subject]) => !previous.has(subject))
    .map(([subject, at]) => ({ subject, at }));
  return { sightings: sightingsIn(times), add, remove: [...remove] };
}

function sightingsIn(times: FirstSeenTimes): EvaluationContext["sightings"] {
  return Object.fromEntries(
    [...times].filter(([subject, at]) => {
      const look = lookFor(subject);
      return look !== null && isAfter(at, times.get(look));
    }),
  );
}

function isAfter(at: string, firstLook: string | undefined): boolean {
  return firstLook !== undefined && Date.parse(at) > Date.parse(firstLook);
}
