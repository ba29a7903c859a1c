import { wireOf } from "@/lib/aws/collect";
import { scanAccount } from "@/lib/aws/scan-account";
import { ambientRegion } from "@/lib/aws/session/ambient-region";
import { baseClients, type Caller, type CustomerRole, getCaller } from "@/lib/aws/session/session";
import type { WireSettings } from "@/lib/aws/wire/clients";
import { CallLimiter } from "@/lib/aws/wire/limiter";
import type { Observation } from "@/lib/aws/wire/observe";
import type { RecordedCall } from "@/lib/aws/wire/recorded-call";
import { partitions } from "@/lib/checks/arn";
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
  if (account === undefined) {
    const caller = await callerOf(await ambientPartitions(io), wireOf({ wire }), { signal, onCall });
    partition = caller.partition;
    if (caller.identity.ok) {
      account = { id: caller.identity.value.accountId, partition };
      scanner = scannerOf(caller.identity.value.arn);
    } else connectionFailure = caller.identity.failure;
  }
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
    accountId: account?.id ?? null,
    partition,
    evaluation,
    description: check.describe(evaluation, facts, {
      ...context,
      accountName: account?.id ?? "The account",
    }),
    connectionFailure,
    failures: connectionFailure === undefined ? lastingFailures(calls) : [],
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
 * others only where one address stands for all of AWS: the key of one partition is nobody's business in another.
 */
async function ambientPartitions({ env }: CliIo): Promise<readonly Partition[]> {
  const name = env["AWS_REGION"] || env["AWS_DEFAULT_REGION"] || (await ambientRegion());
  if (name) return [findRegion(name)?.partition ?? "aws"];
  return env["AWS_ENDPOINT_URL"] ? partitions : ["aws"];
}

/** Who the credentials belong to, asked in the first partition that knows them. */
async function callerOf(
  candidates: readonly Partition[],
  wire: WireSettings,
  observation: Observation,
): Promise<{ readonly partition: Partition; readonly identity: Reading<Caller> }> {
  let refused: { partition: Partition; identity: Reading<Caller> } | undefined;
  for (const partition of candidates) {
    const clients = baseClients({ partition, wire });
    const identity = await getCaller(clients, partition, observation);
    if (identity.ok) return { partition: identity.value.partition ?? partition, identity };
    refused ??= { partition, identity };
    if (identity.failure.kind !== "token_refused" || isWithoutCredentials(identity.failure.code)) break;
  }
  if (refused === undefined) throw new Error("There is no partition to ask in");
  return refused;
}

/** Calls that failed and were not answered later either, as after a new session. */
function lastingFailures(calls: readonly RecordedCall[]): readonly ReadFailure[] {
  const keyOf = ({ api, region, target }: RecordedCall) => `${api} ${region} ${target ?? ""}`;
  const answered = new Set(calls.filter(({ outcome }) => outcome === "ok").map(keyOf));
  return calls.flatMap((call): readonly ReadFailure[] => {
    const { outcome, api, region, errorCode, message } = call;
    if (outcome === "ok" || answered.has(keyOf(call))) return [];
    return [{ kind: outcome, api, region, code: errorCode ?? "", message: message ?? "" }];
  });
}
