import { setMaxListeners } from "node:events";
import { type CollectInput, confirmAccount, otherAccount, wireOf } from "@/lib/aws/collect";
import { openSession } from "@/lib/aws/session/session";
import { AwsCalls } from "@/lib/aws/wire/aws-calls";
import { sharedLimiter } from "@/lib/aws/wire/limiter";
import type { OnCall } from "@/lib/aws/wire/recorded-call";
import { type Reading, read, unread } from "@/lib/checks/facts/reading";

export interface CallsInput
  extends Pick<
    CollectInput,
    "account" | "role" | "sessionName" | "signal" | "endpoint" | "limiter" | "wire" | "baseCredentials"
  > {
  readonly onCall: OnCall;
  /** What was not read after so many milliseconds is reported as `deadline`. */
  readonly deadlineMs: number;
}

/** A new session in the account for a few calls, and proof that it acts there. Never throws. */
export async function openCalls(input: CallsInput, policy: string): Promise<Reading<AwsCalls>> {
  const { account, onCall, deadlineMs } = input;
  const signal = AbortSignal.any([input.signal, AbortSignal.timeout(deadlineMs)]);
  // Every call under way listens to it; that is no leak.
  setMaxListeners(0, signal);
  const control = { signal, onCall };
  const session = await openSession(
    { ...input, partition: account.partition, policy, wire: wireOf(input) },
    control,
  );
  if (!session.ok) return session;
  const { accountId } = session.value;
  if (accountId !== undefined && accountId !== account.id) {
    return unread(otherAccount(accountId, input, "sts:AssumeRole"));
  }
  const confirmed = await confirmAccount(session.value, input, control);
  if (!confirmed.ok) return confirmed;
  const limiter = input.limiter ?? sharedLimiter;
  const settings = { session: session.value, accountId: account.id, limiter, signal, onCall };
  return read(new AwsCalls({ ...settings, regionBudgetMs: deadlineMs }));
}
