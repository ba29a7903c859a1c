import { parseArgs } from "node:util";
import { wireOf } from "@/lib/aws/collect";
import { scanAccount } from "@/lib/aws/scan-account";
import { baseClients, type CustomerRole, getCallerAccount } from "@/lib/aws/session";
import { isPartition } from "@/lib/checks/arn";
import type { CheckDefinition, EvaluationContext } from "@/lib/checks/check";
import type { Facts, Partition } from "@/lib/checks/facts/facts";
import type { ReadFailure } from "@/lib/checks/facts/reading";
import { defaultRegions, regionInfo } from "@/lib/checks/regions";
import { checks, findCheck } from "@/lib/checks/registry";
import type { Description, Evaluation } from "@/lib/checks/verdict";

const usage = `posturio check CHECK [--role-arn ARN --external-id ID] [--now ISO] [--json]

  Reads one AWS account with your own credentials and prints the verdict. Needs no server and no database.
  Honours the usual AWS settings: AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_REGION, AWS_ENDPOINT_URL and the rest.

  --role-arn, --external-id   assume this role first and read its account
  --now                       the clock of the verdict, ISO 8601; the present when left out
  --json                      one JSON object on standard output

  Checks: ${checks.map((check) => check.id).join(", ")}
  Exit code: 0 pass, 1 fail, 2 not evaluated, 64 usage
`;

const exitCodes = { PASS: 0, FAIL: 1, NOT_EVALUATED: 2 } as const;

export interface CheckIo {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
}

class Usage extends Error {}

interface Target {
  readonly check: CheckDefinition;
  readonly role: CustomerRole | undefined;
  readonly account: { readonly id: string; readonly partition: Partition } | undefined;
  readonly now: string;
  readonly json: boolean;
}

function parse(argv: readonly string[]): Target {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      "role-arn": { type: "string" },
      "external-id": { type: "string" },
      now: { type: "string" },
      json: { type: "boolean" },
    },
  });
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0) throw new Usage("name one check");
  const check = findCheck(id);
  if (check === undefined) throw new Usage(`there is no check ${id}`);
  const arn = values["role-arn"];
  const externalId = values["external-id"];
  if ((arn === undefined) !== (externalId === undefined)) {
    throw new Usage("--role-arn and --external-id belong together");
  }
  const now = values.now ?? new Date().toISOString();
  if (!/^\d{4}-\d\d-\d\dT/.test(now) || Number.isNaN(Date.parse(now)))
    throw new Usage("--now is not ISO 8601");
  const role = arn === undefined || externalId === undefined ? undefined : { arn, externalId };
  return { check, role, account: role && accountOf(role.arn), now, json: values.json === true };
}

/** Unlike a customer's role in the product, one's own may have any name. */
function accountOf(arn: string): { id: string; partition: Partition } {
  const [, partition = "", id = ""] = /^arn:([a-z-]+):iam::(\d{12}):role\/[\w+=,.@/-]+$/.exec(arn) ?? [];
  if (!isPartition(partition)) throw new Usage("--role-arn is not the ARN of an IAM role");
  return { id, partition };
}

/** `posturio check …`. Exit code: 0 pass, 1 fail, 2 not evaluated, 64 usage. */
export async function runCheck(argv: readonly string[], io: CheckIo): Promise<number> {
  let target: Target;
  try {
    target = parse(argv);
  } catch (error) {
    if (error instanceof Usage || (error instanceof TypeError && "code" in error)) {
      io.err(`${error.message}\n\n${usage}`);
      return 64;
    }
    throw error;
  }
  const began = performance.now();
  const scan = await read(target, io);
  const durationMs = Math.round(performance.now() - began);
  if (target.json) io.out(`${JSON.stringify(report(scan, durationMs))}\n`);
  else io.out(inWords(scan, durationMs));
  return exitCodes[scan.evaluation.verdict];
}

interface Scan {
  readonly accountId: string | null;
  readonly partition: Partition;
  readonly evaluation: Evaluation;
  readonly description: Description;
  readonly failure: ReadFailure | undefined;
  readonly apiCalls: number;
}

async function read({ check, role, account: known, now }: Target, io: CheckIo): Promise<Scan> {
  // A person's own tool honours what their environment says, as every AWS tool does; the server does not.
  const wire = { honourAmbientEndpoint: true };
  const signal = new AbortController().signal;
  const partition =
    known?.partition ??
    regionInfo(io.env.AWS_REGION ?? io.env.AWS_DEFAULT_REGION ?? "").partition ??
    ("aws" as const);
  let identityCalls = 0;
  let account = known;
  let failure: ReadFailure | undefined;
  if (account === undefined) {
    const clients = baseClients({ partition, wire: wireOf({ wire }) });
    const observation = { signal, onCall: () => (identityCalls += 1) };
    const caller = await getCallerAccount(clients, partition, observation);
    if (caller.ok) account = { id: caller.value, partition };
    else failure = caller.failure;
  }
  const context = (connectionFailure: ReadFailure | undefined): EvaluationContext => ({
    now,
    account: account ?? { id: "000000000000", partition },
    ...(connectionFailure === undefined ? {} : { connectionFailure }),
    defaultRegions: defaultRegions(partition),
    history: { regionEnabledSince: {}, trailMultiRegionSince: {} },
    acceptances: [],
  });
  const finish = (evaluation: Evaluation, facts: Partial<Facts>, calls: number): Scan => ({
    accountId: account?.id ?? null,
    partition,
    evaluation,
    description: check.describe(evaluation, facts, {
      ...context(failure),
      accountName: account?.id ?? "this account",
    }),
    failure,
    apiCalls: identityCalls + calls,
  });
  if (account === undefined) return finish(check.evaluate({} as Facts, context(failure)), {}, 0);
  const { collection, evaluations } = await scanAccount({
    account,
    role,
    sessionName: "posturio-cli",
    checks: [check],
    signal,
    wire,
    evaluate: (one, { facts, connectionFailure }) => one.evaluate(facts as Facts, context(connectionFailure)),
  });
  failure = collection.connectionFailure;
  const [first] = evaluations;
  if (first === undefined) throw new Error(`${check.id} was not evaluated`);
  return finish(first.evaluation, collection.facts, collection.calls.length);
}

/** The object that `--json` prints. Its names and spellings are a contract. */
function report({ accountId, partition, evaluation, apiCalls }: Scan, durationMs: number) {
  const { checkId, verdict, reason, severity, assurance, remediation, advisories } = evaluation;
  const { coveredRegions, partialRegions, uncoveredRegions, unknownRegions } = evaluation;
  return {
    checkId,
    accountId,
    partition,
    verdict,
    reason,
    severity,
    assurance,
    coveredRegions,
    partialRegions,
    uncoveredRegions,
    unknownRegions,
    remediation,
    advisories,
    apiCalls,
    durationMs,
  };
}

function inWords(
  { accountId, evaluation, description, failure, apiCalls }: Scan,
  durationMs: number,
): string {
  const { verdict, reason, severity, severityReason } = evaluation;
  const list = (title: string, regions: readonly string[]) =>
    regions.length === 0 ? [] : [`${title.padEnd(14)} ${regions.length}: ${regions.join(", ")}`];
  const { change } = description;
  const lines = [
    `${verdict}  ${evaluation.checkId}  account ${accountId ?? "unknown"}`,
    description.sentence.map((part) => part.text).join(""),
    `Reason ${reason}${severity === null ? "" : `, severity ${severity}`}${severityReason === null ? "" : ` (${severityReason})`}`,
    ...(failure === undefined ? [] : [`Could not read: ${failure.message}`]),
    "",
    ...list("Logged", evaluation.coveredRegions),
    ...list("Partly logged", evaluation.partialRegions),
    ...list("Not logged", evaluation.uncoveredRegions),
    ...list("Not known", evaluation.unknownRegions),
    ...(change === null ? [] : ["", change.title, ...change.steps.map((line) => `  ${line}`)]),
    ...(change?.command === undefined ? [] : ["", `  ${change.command.map((part) => part.text).join("")}`]),
    ...description.advisories.map(({ text }) => `\nAlso: ${text}`),
    "",
    `${apiCalls} AWS calls in ${durationMs} ms`,
  ];
  return `${lines.join("\n")}\n`;
}
