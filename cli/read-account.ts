import { wireOf } from "@/lib/aws/collect";
import { scanAccount } from "@/lib/aws/scan-account";
import { ambientRegion } from "@/lib/aws/session/ambient-region";
import {
  baseClients,
  type Caller,
  type CustomerRole,
  getCaller,
  unsupportedPartition,
  unsupportedPartitionIn,
} from "@/lib/aws/session/session";
import type { WireSettings } from "@/lib/aws/wire/clients";
import { CallLimiter } from "@/lib/aws/wire/limiter";
import type { RecordedCall } from "@/lib/aws/wire/recorded-call";
import type { CallControl } from "@/lib/aws/wire/send-call";
import { ownerOf, partitions, unsupportedPartitionOf } from "@/lib/checks/arn";
import type { CheckDefinition } from "@/lib/checks/check";
import type { Evaluation } from "@/lib/checks/evaluation";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { Facts, Partition } from "@/lib/checks/facts/facts";
import { isWithoutCredentials } from "@/lib/checks/facts/failure-kind";
import type { ReadFailure, Reading } from "@/lib/checks/facts/reading";
import { defaultRegions, findRegion } from "@/lib/checks/regions";
import { scannerOf } from "@/lib/checks/scanner";
import type { CliIo } from "./io";
import type { Outcome } from "./outcome";

export interface AccountTarget {
  readonly check: CheckDefinition;
  /** Absent: the ambient identity reads its own account. */
  readonly role: CustomerRole | undefined;
  /** The account of the role. */
  readonly account: { readonly id: string; readonly partition: Partition } | undefined;
  /** The role's partition, when it is none that can be judged: then nothing is asked. */
  readonly unsupportedPartition?: { readonly name: string; readonly accountId: string };
  /** The clock of the verdict. */
  readonly now: string;
}

/**
 * Reads one account with the credentials of the environment and judges it. Whatever keeps it from reading is in
 * the outcome, missing credentials included; it does not throw for that.
 */
export async function readAccount(target: AccountTarget, io: CliIo): Promise<Outcome> {
  const { check, role, now } = target;
  const began = performance.now();
  // A person's own tool honors what their environment says, as every AWS tool does; the server does not.
  const wire = { honorAmbientEndpoint: true };
  const signal = new AbortController().signal;
  const calls: RecordedCall[] = [];
  const onCall = (call: RecordedCall) => calls.push(call);
  let partition = target.account?.partition ?? "aws";
  let { account } = target;
  let scanner = role && scannerOf(role.arn);
  let connectionFailure: ReadFailure | undefined;
  const region = await chosenRegion(io);
  let accountId = account?.id ?? target.unsupportedPartition?.accountId ?? null;
  let unsupported =
    target.unsupportedPartition?.name ?? unsupportedPartitionOf(role === undefined ? region : "");
  if (unsupported === null && account === undefined) {
    const caller = await callerOf(ambientPartitions(region, io), wireOf({ wire }), { signal, onCall });
    partition = caller.partition;
    if (caller.identity.ok) {
      accountId = caller.identity.value.accountId;
      unsupported = unsupportedPartitionIn(caller.identity.value);
      if (unsupported === null) account = { id: accountId, partition };
      scanner = scannerOf(caller.identity.value.arn);
    } else connectionFailure = caller.identity.failure;
  }
  if (unsupported !== null) connectionFailure = unsupportedPartition(unsupported, region);
  const contextWith = (failure: ReadFailure | undefined): EvaluationContext => ({
    now,
    account: account ?? { id: "000000000000", partition },
    ...(scanner ? { scanner } : {}),
    ...(failure === undefined ? {} : { connectionFailure: failure }),
    defaultRegions: defaultRegions(partition),
    sightings: {},
    acceptances: [],
  });
  const finish = (evaluation: Evaluation, facts: Partial<Facts>, context: EvaluationContext): Outcome => ({
    check,
    accountId,
    partition: unsupported ?? partition,
    evaluation,
    description: check.describe(evaluation, facts, {
      ...context,
      accountName: accountId ?? "The account",
    }),
    connectionFailure,
    failures: connectionFailure === undefined ? lastingFailures(calls, accountId) : [],
    apiCalls: calls.length,
    durationMs: Math.round(performance.now() - began),
  });
  if (account === undefined) {
    const context = contextWith(connectionFailure);
    return finish(check.evaluate({}, context), {}, context);
  }
  const { collection, judging, evaluations } = await scanAccount({
    account,
    role,
    sessionName: "posturio-cli",
    checks: [check],
    signal,
    onCall,
    wire,
    limiter: new CallLimiter(),
    judging: (read) => ({ context: contextWith(read.connectionFailure) }),
  });
  connectionFailure = collection.connectionFailure;
  const [first] = evaluations;
  if (first === undefined) throw new Error(`${check.id} was not evaluated`);
  return finish(first.evaluation, collection.facts, judging.context);
}

/**
 * The partition of the Region that the environment or profile names. When none is named it is the largest, and the
 * others only where one address serves all of AWS: the key of one partition must not be sent to another.
 */
function ambientPartitions(region: string, { env }: CliIo): readonly Partition[] {
  if (region !== "") return [findRegion(region)?.partition ?? "aws"];
  return env["AWS_ENDPOINT_URL"] ? partitions : ["aws"];
}

/** The Region that the environment or profile names; empty when none is named. */
async function chosenRegion({ env }: CliIo): Promise<string> {
  return env["AWS_REGION"] || env["AWS_DEFAULT_REGION"] || (await ambientRegion()) || "";
}

/** Who the credentials belong to, asked in the first partition that knows them. */
async function callerOf(
  candidates: readonly Partition[],
  wire: WireSettings,
  control: CallControl,
): Promise<{ readonly partition: Partition; readonly identity: Reading<Caller> }> {
  let refused: { partition: Partition; identity: Reading<Caller> } | undefined;
  for (const partition of candidates) {
    const clients = baseClients({ partition, wire });
    const identity = await getCaller(clients, partition, control);
    if (identity.ok) return { partition: identity.value.partition ?? partition, identity };
    refused ??= { partition, identity };
    if (identity.failure.kind !== "token_refused" || isWithoutCredentials(identity.failure.code)) break;
  }
  if (refused === undefined) throw new Error("There is no partition to ask in");
  return refused;
}

/** Calls that failed and were not answered later either, as after a new session. */
function lastingFailures(calls: readonly RecordedCall[], accountId: string | null): readonly ReadFailure[] {
  // Every Region answers the list of Regions alike: one answer is as good as another's.
  const placeOf = ({ api, region }: RecordedCall) => (api === "ec2:DescribeRegions" ? "" : region);
  const keyOf = (call: RecordedCall) => `${call.api} ${placeOf(call)} ${call.target ?? ""}`;
  const answered = new Set(calls.filter(({ outcome }) => outcome === "ok").map(keyOf));
  return calls.flatMap((call): readonly ReadFailure[] => {
    const { outcome, api, region, errorCode, message } = call;
    if (outcome === "ok" || answered.has(keyOf(call))) return [];
    const isOwn = outcome === "arn_invalid" && ownerOf(call.target ?? "") === accountId;
    const failure = { kind: outcome, api, region, code: errorCode ?? "", message: message ?? "" };
    return [isOwn ? { ...failure, isOwn } : failure];
  });
}
