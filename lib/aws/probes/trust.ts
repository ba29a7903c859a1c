import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { denyAllPolicy, sessionPolicy } from "@/lib/aws/customer-role/customer-policy";
import type { AwsIdentity } from "@/lib/aws/session/identity";
import type { Secret } from "@/lib/aws/session/secret";
import { assumeRole } from "@/lib/aws/session/session";
import type { AwsClients } from "@/lib/aws/wire/clients";
import type { ReadFailure, Reading } from "@/lib/checks/facts/reading";
import {
  type ProbeError,
  roleNotAssumed,
  testFailed,
  trustTooOpen,
  trustWildcard,
  wrongExternalId,
} from "./messages";
import { lastRequestId, type Probe, type RetryTimes } from "./probe";
import { longestStepSeconds, type ProbeStepId } from "./steps";

export const defaultRetry: RetryTimes = {
  refusedMs: 1000 * (longestStepSeconds.role_assumed ?? 0),
  openMs: 1000 * (longestStepSeconds.refused_with_wrong_external_id ?? 0),
  firstPauseMs: 1_000,
};

const longestPauseMs = 15_000;
/** Enough for the connections a person may have mixed up; each costs one call. */
const mostOtherIds = 5;

/**
 * The three AssumeRole probes. Gives the session of the first one when the role opens with our external id and
 * with no other; otherwise null, and the failed step says why.
 */
export async function probeTrust(
  probe: Probe,
  base: AwsClients,
  retry: RetryTimes,
): Promise<Secret<AwsIdentity> | null> {
  const assume = (policy: string, externalId?: string) => assumeWith(probe, base, policy, externalId);
  const { checklist, names } = probe;

  const opened = await repeatWhile(
    () => assume(sessionPolicy(), names.externalId),
    (reading) => !reading.ok && reading.failure.kind === "denied",
    { ...retry, totalMs: retry.refusedMs },
    probe.input.signal,
  );
  if (!opened.ok) {
    const known = opened.failure.kind === "denied" && (await opensForAnother(probe, assume));
    const error = known ? wrongExternalId(names) : roleNotAssumed(opened.failure, names);
    checklist.fail("role_assumed", error, opened.failure.requestId);
    return null;
  }
  checklist.pass("role_assumed", names.roleName, lastRequestId(probe));

  const random = `pst_${randomBytes(16).toString("hex")}`;
  const closed =
    (await staysShut("refused_without_external_id", undefined, trustTooOpen(names))) &&
    (await staysShut("refused_with_wrong_external_id", random, trustWildcard(names)));
  return closed ? opened.value.identity : null;

  async function staysShut(step: ProbeStepId, externalId: string | undefined, open: ProbeError) {
    checklist.start(step);
    const answer = await repeatWhile(
      () => assume(denyAllPolicy(), externalId),
      (reading) => {
        if (reading.ok) checklist.note(step, "Still accepted. IAM changes can take a minute; trying again.");
        return reading.ok;
      },
      { ...retry, totalMs: retry.openMs },
      probe.input.signal,
    );
    if (answer.ok) checklist.fail(step, open, lastRequestId(probe));
    else if (isRefusal(answer.failure)) checklist.pass(step, "AccessDenied", answer.failure.requestId);
    else
      checklist.fail(step, testFailed(answer.failure, "trying to get in wrongly"), answer.failure.requestId);
    return !answer.ok && isRefusal(answer.failure);
  }
}

/** Only AWS's own AccessDenied is a refusal. Whatever else went wrong proves nothing about the trust policy. */
function isRefusal({ kind, code }: ReadFailure): boolean {
  return (kind === "denied" || kind === "denied_by_scp") && code === "AccessDenied";
}

function assumeWith({ input, names, onCall }: Probe, base: AwsClients, policy: string, externalId?: string) {
  const { partition, sessionName, signal } = input;
  const role = { arn: names.roleArn, externalId };
  return assumeRole(base, { partition, role, sessionName, policy }, { signal, onCall });
}

async function opensForAnother(
  { input }: Probe,
  assume: (policy: string, externalId: string) => Promise<Reading<unknown>>,
): Promise<boolean> {
  for (const externalId of (input.otherExternalIds ?? []).slice(0, mostOtherIds)) {
    if ((await assume(denyAllPolicy(), externalId)).ok) return true;
  }
  return false;
}

async function repeatWhile<T>(
  ask: () => Promise<T>,
  again: (answer: T) => boolean,
  { totalMs, firstPauseMs }: { totalMs: number; firstPauseMs: number },
  signal: AbortSignal,
): Promise<T> {
  const end = performance.now() + totalMs;
  let pause = firstPauseMs;
  for (;;) {
    const answer = await ask();
    if (!again(answer) || performance.now() + pause > end || signal.aborted) return answer;
    await wait(pause, undefined, { signal }).catch(() => undefined);
    pause = Math.min(pause * 2, longestPauseMs);
  }
}
