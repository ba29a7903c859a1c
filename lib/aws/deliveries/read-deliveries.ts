import { setMaxListeners } from "node:events";
import { type CollectInput, confirmAccount, otherAccount, wireOf } from "@/lib/aws/collect";
import { statusIfKnown } from "@/lib/aws/collectors/trail-status";
import { sessionPolicy } from "@/lib/aws/customer-role/customer-policy";
import { openSession } from "@/lib/aws/session/session";
import { AwsCalls } from "@/lib/aws/wire/aws-calls";
import { sharedLimiter } from "@/lib/aws/wire/limiter";
import type { RecordedCall } from "@/lib/aws/wire/recorded-call";
import type { TrailStatus } from "@/lib/checks/facts/cloudtrail";
import type { ReadFailure, Reading } from "@/lib/checks/facts/reading";

/** Trails whose deliveries are asked for, in the Regions where they are. */
export interface TrailPlace {
  readonly region: string;
  readonly arn: string;
}

export interface TrailDelivery extends TrailPlace {
  /** Undefined: the Region does not know the trail. */
  readonly status: Reading<TrailStatus> | undefined;
}

export interface DeliveriesInput
  extends Pick<
    CollectInput,
    "account" | "role" | "sessionName" | "signal" | "endpoint" | "limiter" | "wire"
  > {
  readonly places: readonly TrailPlace[];
  readonly onCall: (call: RecordedCall) => void;
  /** What was not read after so many milliseconds is reported as `deadline`. */
  readonly deadlineMs: number;
}

export interface Deliveries {
  /** Present when there is no session in the right account: then nothing was asked. */
  readonly connectionFailure?: ReadFailure;
  readonly deliveries: readonly TrailDelivery[];
}

/** Asks with a new session what trails have delivered, all places at once. Never throws: a failure is a reading too. */
export async function readDeliveries(input: DeliveriesInput): Promise<Deliveries> {
  const { account, onCall, places } = input;
  const deadline = AbortSignal.timeout(input.deadlineMs);
  const signal = AbortSignal.any([input.signal, deadline]);
  // Every call under way listens to it; that is no leak.
  setMaxListeners(0, signal);
  const control = { signal, onCall };
  const session = await openSession(
    { ...input, partition: account.partition, policy: sessionPolicy(), wire: wireOf(input) },
    control,
  );
  if (!session.ok) return { connectionFailure: session.failure, deliveries: [] };
  const { accountId } = session.value;
  if (accountId !== undefined && accountId !== account.id) {
    return { connectionFailure: otherAccount(accountId, input, "sts:AssumeRole"), deliveries: [] };
  }
  const confirmed = await confirmAccount(session.value, input, control);
  if (!confirmed.ok) return { connectionFailure: confirmed.failure, deliveries: [] };
  const calls = new AwsCalls({
    session: session.value,
    accountId: account.id,
    limiter: input.limiter ?? sharedLimiter,
    signal,
    onCall,
    regionBudgetMs: input.deadlineMs,
  });
  const gathering = { call: calls.call.bind(calls) } as Parameters<typeof statusIfKnown>[0];
  const deliveries = await Promise.all(
    places.map(async ({ region, arn }) => ({
      region,
      arn,
      status: await statusIfKnown(gathering, arn, region),
    })),
  );
  return { deliveries };
}
