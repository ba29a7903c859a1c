import type { TrailStatus } from "@/lib/checks/facts/cloudtrail";
import { failureWords } from "@/lib/checks/facts/failure-words";
import type { Reading } from "@/lib/checks/facts/reading";
import type { RegionProof, Sighting } from "./proof";

/** What a trail said of its deliveries in the Region; undefined where the Region does not know it. */
export interface LookedAt {
  readonly arn: string;
  readonly status: Reading<TrailStatus> | undefined;
}

/**
 * What a look says of one Region at the level `delivered`. Pure. One trail that delivered after our call is enough.
 * `LatestDeliveryTime` is of the Region and counts whole seconds, as does the time of our call: only a later second
 * proves something.
 */
export function judgeDelivered(proof: RegionProof, looked: readonly LookedAt[]): Sighting {
  const { region, b } = proof;
  const sentAt = b.evidence?.sentAt;
  if (sentAt === undefined) throw new Error(`No call of ours is known in ${region}.`);
  const sightings = looked.map((trail) => judgeTrail(region, sentAt, trail));
  const best = [...sightings].sort((x, y) => order.indexOf(x.state) - order.indexOf(y.state))[0];
  return best ?? { region, state: "inconclusive", reason: "no_trail_records_reads", evidence: {} };
}

/** The best that any trail of the Region shows. */
const order: readonly Sighting["state"][] = ["passed", "waiting", "inconclusive", "failed"];

function judgeTrail(region: string, sentAt: string, { arn, status }: LookedAt): Sighting {
  const evidence = { trailArn: arn };
  // The copy of a trail that was just made may still be on its way.
  if (status === undefined) return { region, state: "waiting", reason: "trail_gone", evidence };
  if (!status.ok) {
    const error = failureWords(status.failure).text;
    return { region, state: "waiting", reason: "status_unreadable", evidence: { ...evidence, error } };
  }
  const { isLogging, latestDeliveryTime, latestDeliveryError } = status.value;
  const seen = {
    ...evidence,
    ...(latestDeliveryTime === undefined ? {} : { latestDeliveryTime }),
    ...(latestDeliveryError ? { latestDeliveryError } : {}),
  };
  if (!isLogging) return { region, state: "failed", reason: "logging_stopped", evidence: seen };
  if (latestDeliveryError) return { region, state: "waiting", reason: "delivery_error", evidence: seen };
  if (latestDeliveryTime !== undefined && Date.parse(latestDeliveryTime) > Date.parse(sentAt)) {
    return { region, state: "passed", reason: null, evidence: { ...seen, level: "delivered" } };
  }
  return { region, state: "waiting", reason: null, evidence: seen };
}
