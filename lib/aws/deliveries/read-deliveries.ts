import { statusIfKnown } from "@/lib/aws/collectors/trail-status";
import { sessionPolicy } from "@/lib/aws/customer-role/customer-policy";
import type { TrailStatus } from "@/lib/checks/facts/cloudtrail";
import type { ReadFailure, Reading } from "@/lib/checks/facts/reading";
import { type CallsInput, openCalls } from "./open-calls";

/** Trails whose deliveries are asked for, in the Regions where they are. */
export interface TrailPlace {
  readonly region: string;
  readonly arn: string;
}

export interface TrailDelivery extends TrailPlace {
  /** Undefined: the Region does not know the trail. */
  readonly status: Reading<TrailStatus> | undefined;
}

export interface DeliveriesInput extends CallsInput {
  readonly places: readonly TrailPlace[];
}

export interface Deliveries {
  /** Present when there is no session in the right account: then nothing was asked. */
  readonly connectionFailure?: ReadFailure;
  readonly deliveries: readonly TrailDelivery[];
}

/** Asks with a new session what trails have delivered, all places at once. Never throws: a failure is a reading too. */
export async function readDeliveries(input: DeliveriesInput): Promise<Deliveries> {
  const calls = await openCalls(input, sessionPolicy());
  if (!calls.ok) return { connectionFailure: calls.failure, deliveries: [] };
  const deliveries = await Promise.all(
    input.places.map(async ({ region, arn }) => ({
      region,
      arn,
      status: await statusIfKnown(calls.value, arn, region),
    })),
  );
  return { deliveries };
}
