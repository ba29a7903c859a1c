import type { EvaluationContext } from "@/lib/checks/check";
import type { Facts } from "@/lib/checks/facts/facts";

/** Subjects and when our own history first saw them. ISO 8601 in UTC. */
export type FirstSeenTimes = ReadonlyMap<string, string>;

export interface FirstSeenUpdate {
  readonly history: EvaluationContext["history"];
  readonly add: readonly { readonly subject: string; readonly at: string }[];
  readonly remove: readonly string[];
}

const regionsRead = "read:regions";
const trailsRead = (region: string) => `read:trails:${region}`;
const regionSubject = (name: string) => `region:${name}`;
const trailSubject = (arn: string) => `trail:${arn}`;

/**
 * Since when a Region is enabled and a trail multi-Region, by our own history: AWS does not tell. A date is
 * given only when an earlier scan had looked and seen that it was not so yet. What was already there when we
 * first looked (`read:…` marks that moment) may be years old and gets no date, hence no grace.
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
  const unsee = (subject: string) => {
    if (times.delete(subject) && previous.has(subject)) remove.add(subject);
  };
  seeRegions(facts, times, see, unsee);
  seeTrails(facts, times, see, unsee);
  const add = [...times]
    .filter(([subject]) => !previous.has(subject))
    .map(([subject, at]) => ({ subject, at }));
  return { history: historyOf(times), add, remove: [...remove] };
}

type Mark = (subject: string) => void;

function seeRegions(facts: Partial<Facts>, times: FirstSeenTimes, see: Mark, unsee: Mark): void {
  const reading = facts.regions;
  if (!reading?.ok) return;
  const enabled = new Set(
    reading.value.filter((region) => region.optInStatus !== "not-opted-in").map((region) => region.name),
  );
  for (const subject of [...times.keys()]) {
    if (subject.startsWith("region:") && !enabled.has(subject.slice("region:".length))) unsee(subject);
  }
  for (const name of enabled) see(regionSubject(name));
  see(regionsRead);
}

/** A trail is judged in its home Region: only there is it certain that what is not listed does not exist. */
function seeTrails(facts: Partial<Facts>, times: FirstSeenTimes, see: Mark, unsee: Mark): void {
  for (const [region, reading] of Object.entries(facts["cloudtrail.trails"] ?? {})) {
    if (!reading.ok) continue;
    const multiRegion = new Set(
      reading.value
        .filter((trail) => trail.homeRegion === region && trail.isMultiRegion)
        .map((trail) => trail.arn),
    );
    for (const subject of [...times.keys()]) {
      if (!subject.startsWith("trail:")) continue;
      const arn = subject.slice("trail:".length);
      if (homeRegionOf(arn) === region && !multiRegion.has(arn)) unsee(subject);
    }
    for (const arn of multiRegion) see(trailSubject(arn));
    see(trailsRead(region));
  }
}

function historyOf(times: FirstSeenTimes): EvaluationContext["history"] {
  const regionEnabledSince: Record<string, string> = {};
  const trailMultiRegionSince: Record<string, string> = {};
  for (const [subject, at] of times) {
    if (subject.startsWith("region:") && isAfter(at, times.get(regionsRead))) {
      regionEnabledSince[subject.slice("region:".length)] = at;
    }
    if (subject.startsWith("trail:")) {
      const arn = subject.slice("trail:".length);
      if (isAfter(at, times.get(trailsRead(homeRegionOf(arn))))) trailMultiRegionSince[arn] = at;
    }
  }
  return { regionEnabledSince, trailMultiRegionSince };
}

function isAfter(at: string, firstLook: string | undefined): boolean {
  return firstLook !== undefined && Date.parse(at) > Date.parse(firstLook);
}

/** `arn:aws:cloudtrail:<home Region>:<account>:trail/<name>` */
function homeRegionOf(arn: string): string {
  return arn.split(":")[3] ?? "";
}
