import { ambientRegion } from "@/lib/aws/ambient-region";
import { wireOf } from "@/lib/aws/collect";
import type { RecordedCall } from "@/lib/aws/recorded-call";
import { scanAccount } from "@/lib/aws/scan-account";
import { baseClients, type CustomerRole, getCallerAccount } from "@/lib/aws/session";
import type { CheckDefinition, EvaluationContext } from "@/lib/checks/check";
import type { Facts, Partition } from "@/lib/checks/facts/facts";
import type { ReadFailure } from "@/lib/checks/facts/reading";
import { defaultRegions, findRegion } from "@/lib/checks/regions";
import type { Evaluation } from "@/lib/checks/verdict";
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
  // A person's own tool honours what their environment says, as every AWS tool does; the server does not.
  const wire = { honourAmbientEndpoint: true };
  const signal = new AbortController().signal;
  const calls: RecordedCall[] = [];
  const onCall = (call: RecordedCall) => calls.push(call);
  const partition = target.account?.partition ?? (await ambientPartition(io));
  let { account } = target;
  let connectionFailure: ReadFailure | undefined;
  if (account === undefined) {
    const clients = baseClients({ partition, wire: wireOf({ wire }) });
    const caller = await getCallerAccount(clients, partition, { signal, onCall });
    if (caller.ok) account = { id: caller.value, partition };
    else connectionFailure = caller.failure;
  }
  const context = (failure: ReadFailure | undefined): EvaluationContext => ({
    now,
    account: account ?? { id: "000000000000", partition },
    ...(failure === undefined ? {} : { connectionFailure: failure }),
    defaultRegions: defaultRegions(partition),
    history: { regionEnabledSince: {}, trailMultiRegionSince: {} },
    acceptances: [],
  });
  const finish = (evaluation: Evaluation, facts: Partial<Facts>): Outcome => ({
    check,
    accountId: account?.id ?? null,
    partition,
    evaluation,
    description: check.describe(evaluation, facts, {
      ...context(connectionFailure),
      accountName: account?.id ?? "this account",
    }),
    connectionFailure,
    failures: connectionFailure === undefined ? lastingFailures(calls) : [],
    apiCalls: calls.length,
    durationMs: Math.round(performance.now() - began),
  });
  if (account === undefined) return finish(check.evaluate({} as Facts, context(connectionFailure)), {});
  const { collection, evaluations } = await scanAccount({
    account,
    role,
    sessionName: "posturio-cli",
    checks: [check],
    signal,
    onCall,
    wire,
    evaluate: (one, read) => one.evaluate(read.facts as Facts, context(read.connectionFailure)),
  });
  connectionFailure = collection.connectionFailure;
  const [first] = evaluations;
  if (first === undefined) throw new Error(`${check.id} was not evaluated`);
  return finish(first.evaluation, collection.facts);
}

async function ambientPartition({ env }: CliIo): Promise<Partition> {
  const name = env["AWS_REGION"] || env["AWS_DEFAULT_REGION"] || (await ambientRegion()) || "";
  return findRegion(name)?.partition ?? "aws";
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
