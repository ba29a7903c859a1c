import type { RegionFinding } from "@/lib/aws/deliveries/find-log-files";
import { failureWords } from "@/lib/checks/facts/failure-words";
import type { Sighting } from "./proof";
import type { KeyEvidence } from "./verification-view";

/** What a look into the bucket of one trail found out about our call in a Region. */
export interface LookedInBucket extends RegionFinding {
  readonly trailArn: string;
  readonly level: "object" | "content";
}

/**
 * What a look into a bucket says of one Region. Pure. What cannot be read or is not there yet waits: a permission may
 * be granted and a file may arrive while the verification goes on, and giving up makes it inconclusive.
 */
export function judgeLogFile({ region, trailArn, level, finding }: LookedInBucket): Sighting {
  if (!finding.ok) return unreadableBucket(region, trailArn, failureWords(finding.failure).text);
  const { value } = finding;
  if (value.state === "not_yet") {
    const { skipped, resumeAfter } = value;
    const evidence: KeyEvidence = {
      trailArn,
      ...(resumeAfter === null ? {} : { readUpTo: resumeAfter }),
      ...(skipped === 0 ? {} : { error: skippedText(skipped) }),
    };
    return { region, state: "waiting", reason: "not_in_bucket", evidence };
  }
  const { key, lastModified, sha256, eventId } = value;
  const evidence: KeyEvidence = {
    trailArn,
    level,
    objectKey: key,
    objectAt: lastModified,
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(eventId === undefined ? {} : { eventId }),
  };
  return { region, state: "passed", reason: null, evidence };
}

/** A Region whose bucket nobody could look into, and why. */
export function unreadableBucket(region: string, trailArn: string, error: string): Sighting {
  return { region, state: "waiting", reason: "bucket_unreadable", evidence: { trailArn, error } };
}

/** The best that any trail of a Region shows: one bucket with our call is enough. */
export function bestSighting(sightings: readonly Sighting[]): Sighting | undefined {
  return [...sightings].sort((one, other) => rank(one) - rank(other))[0];
}

function rank({ state, reason }: Sighting): number {
  if (state === "passed") return 0;
  return reason === "not_in_bucket" ? 1 : 2;
}

function skippedText(files: number): string {
  const what = files === 1 ? "1 newer file was" : `${files} newer files were`;
  return `${what} not read: too large, or no log file.`;
}
