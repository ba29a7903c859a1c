import type { Observation } from "@/lib/findings/lifecycle/states";
import { count } from "@/lib/text";

/** A finding as it stood when a scan had evaluated it: what is needed to say what the next scan changed. */
export interface Standing {
  /** The newest scan that evaluated it, and the one whose verdict stands. */
  readonly scan: number | null;
  readonly decidedScan: number | null;
  readonly observation: Observation;
  readonly since: string;
  /** Regions that are not logged, or not wholly; null for a check that judges no Regions. */
  readonly blind: number | null;
  readonly short: string | null;
}

export interface Landing {
  readonly tone: "proven" | "wait" | "blind" | "neutral";
  readonly title: string;
  /** `12 blind Regions → 0` */
  readonly change: string;
  /** `failing for 3 min` */
  readonly note: string | null;
}

/** What a scan made of a finding, before and after in one line. Null when no scan came in between. */
export function landing(before: Standing, after: Standing, isProven: boolean): Landing | null {
  if (after.scan === null || after.scan === before.scan) return null;
  const title = `Scan #${after.scan} finished:`;
  if (after.decidedScan !== after.scan) {
    const stands =
      after.decidedScan === null ? "" : ` The verdict of scan #${after.decidedScan} still applies.`;
    return { tone: "wait", title, change: `it could not evaluate this account.${stands}`, note: null };
  }
  const length = `for ${duration(Date.parse(after.since) - Date.parse(before.since))}`;
  const change = changeOf(before, after);
  if (before.observation !== "passing" && after.observation === "passing") {
    const note = before.observation === "failing" ? `failing ${length}` : null;
    return { tone: isProven ? "proven" : "wait", title, change, note };
  }
  if (before.observation === "passing" && after.observation === "failing") {
    return { tone: "blind", title, change, note: `after passing ${length}` };
  }
  const still = after.observation === "passing" ? "still passing" : "still failing";
  return isUnchanged(before, after)
    ? { tone: "neutral", title, change: `nothing changed, ${still}.`, note: after.short }
    : { tone: after.observation === "passing" ? "proven" : "wait", title, change, note: still };
}

/** Whether a scan said of the finding what the one before had said. */
export function isUnchanged(before: Standing, after: Standing): boolean {
  return (
    before.observation === after.observation &&
    before.blind === after.blind &&
    before.short === after.short &&
    after.decidedScan === after.scan
  );
}

function changeOf(before: Standing, after: Standing): string {
  if (before.blind !== null && after.blind !== null && before.blind !== after.blind) {
    return `${count(before.blind, "blind Region")} → ${after.blind}`;
  }
  return [before.short, after.short].filter((text) => text !== null).join(" → ");
}

/** `3 min`, `5 h`, `9 days`. */
function duration(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 36 ? `${hours} h` : count(Math.round(hours / 24), "day");
}
