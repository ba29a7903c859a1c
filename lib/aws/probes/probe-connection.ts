import { wireOf } from "@/lib/aws/collect";
import { parseRoleArn } from "@/lib/aws/customer-role/role-arn";
import type { AwsIdentity } from "@/lib/aws/session/identity";
import type { Secret } from "@/lib/aws/session/secret";
import { baseClients } from "@/lib/aws/session/session";
import { createClients } from "@/lib/aws/wire/clients";
import type { RecordedCall } from "@/lib/aws/wire/recorded-call";
import { partitionLabels } from "@/lib/checks/labels";
import { invalidArn, type ProbeError, partitionNotConfigured } from "./messages";
import type { Probe, ProbeInput } from "./probe";
import { confirmAccount, readRegionsAndTrails } from "./reads";
import { Checklist, type ProbeStep } from "./steps";
import { defaultRetry, probeTrust } from "./trust";

export interface ConnectionProbeResult {
  /** Only then may the role be stored as connected. */
  readonly ok: boolean;
  readonly steps: readonly ProbeStep[];
  /** What failed; null when nothing did. */
  readonly error: ProbeError | null;
  /** The account as AWS names it; null when that was not reached. */
  readonly accountId: string | null;
  readonly calls: readonly RecordedCall[];
}

/**
 * Tests a customer's role before it is stored: it opens with our external id, stays shut without it and with a
 * random one, acts in the declared account, and can read Regions and trails. Only AccessDenied counts as a
 * refusal: a timeout, throttling or an error of AWS leaves a step undecided, and an undecided step fails.
 * Never throws.
 */
export async function probeConnection(input: ProbeInput): Promise<ConnectionProbeResult> {
  const calls: RecordedCall[] = [];
  const checklist = new Checklist(input.onStep);
  const result = (accountId: string | null): ConnectionProbeResult => {
    checklist.skipWaiting();
    const error = checklist.steps.find((step) => step.error !== null)?.error ?? null;
    return { ok: error === null, steps: checklist.steps, error, accountId, calls };
  };
  const opened = await openRole(input, checklist, calls);
  if (!opened) return result(null);
  const { probe, identity } = opened;
  const session = createClients(input.partition, async () => identity.reveal(), probe.wire);
  if (!(await confirmAccount(probe, session))) return result(null);
  await readRegionsAndTrails(probe);
  return result(probe.names.accountId);
}

/** The first three steps: the role opens with our external id and with no other. Null when a step failed. */
export async function openRole(
  input: ProbeInput,
  checklist: Checklist,
  calls: RecordedCall[],
): Promise<{ probe: Probe; identity: Secret<AwsIdentity> } | null> {
  const onCall = (call: RecordedCall): void => {
    calls.push(call);
    input.onCall?.(call);
  };
  checklist.start("role_assumed");
  const { role, expectedAccountId, partition, principalArn } = input;
  const arn = parseRoleArn(role.arn, { accountId: expectedAccountId, partition });
  if (!arn.ok) {
    checklist.fail("role_assumed", invalidArn(arn.problem, arn.message));
    return null;
  }
  if (!principalArn) {
    checklist.fail("role_assumed", partitionNotConfigured(partitionLabels[partition]));
    return null;
  }
  const { accountId, roleName } = arn;
  const names = { roleArn: arn.arn, roleName, accountId, externalId: role.externalId, principalArn };
  const probe: Probe = { input, names, wire: wireOf(input), checklist, calls, onCall };
  const identity = await probeTrust(probe, baseClients({ ...input, wire: probe.wire }), {
    ...defaultRetry,
    ...input.retry,
  });
  return identity ? { probe, identity } : null;
}
