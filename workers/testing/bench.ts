import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { getConnect } from "@/lib/accounts/get-connect";
import { startConnection } from "@/lib/accounts/start-connection";
import { testConnection } from "@/lib/accounts/test-connection";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { type Sandbox, startSandbox } from "@/sandbox/server";
import type { CaseSpec } from "@/sandbox/world/world-file";

const scanner = "arn:aws:iam::999999999999:role/posturio-scanner";
const home = "us-east-1";

/** Environment of everything that runs against the sandbox; short leases, so that faults are over soon. */
export function workerEnvironment(sandbox: Sandbox): Record<string, string> {
  return {
    POSTURIO_AWS_ENDPOINT: sandbox.url,
    POSTURIO_PRINCIPAL_ARN_AWS: scanner,
    POSTURIO_LEASE_SECONDS: "5",
    POSTURIO_RECONCILE_SECONDS: "1",
    AWS_ACCESS_KEY_ID: "AKIA999999999999SCAN",
    AWS_SECRET_ACCESS_KEY: "sandbox-does-not-check-signatures-000000",
    AWS_REGION: home,
  };
}

/** An account with one trail that covers its home Region alone: the check fails. */
export function failingAccount(id: string): CaseSpec {
  const status = { isLogging: true, startLoggingTime: "-30d", latestDeliveryTime: "-5m" };
  return {
    account: { id },
    roles: [],
    trails: [{ name: "audit", homeRegion: home, isMultiRegion: false, status }],
  };
}

export async function sandboxWith(accounts: readonly CaseSpec[]): Promise<Sandbox> {
  return startSandbox({ world: { accounts, settings: { deliveryDelaySeconds: 1 } } });
}

/** Registers the account's external id with the sandbox and asks for the test; a worker does the rest. */
export async function beginConnection(
  sandbox: Sandbox,
  ctx: TenantContext,
  awsAccountId: string,
  trusted: { externalIds?: string[] } = {},
): Promise<string> {
  const { id } = await startConnection(ctx, {
    name: `Account ${awsAccountId}`,
    awsAccountId,
    environment: "other",
  });
  const connect = await getConnect(ctx, id);
  const externalIds = trusted.externalIds ?? [connect.externalId];
  sandbox.control.putRole({
    account: awsAccountId,
    name: connect.roleName,
    principals: [scanner],
    externalIds,
  });
  await testConnection(ctx, { accountId: id, roleArn: connect.suggestedRoleArn });
  return id;
}

export interface WorkerProcess {
  readonly pid: number;
  readonly exited: Promise<number | null>;
  signal(signal: NodeJS.Signals): void;
  log(): string;
}

const started: ChildProcess[] = [];

/** A real worker process of its own. Resolves once it says that it is ready. */
export async function spawnWorker(environment: Record<string, string>): Promise<WorkerProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", "workers/main.ts"], {
    env: { ...process.env, ...environment, NODE_ENV: "test", LOG_LEVEL: "debug" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  }
  const exited = once(child, "exit").then(([code]) => code as number | null);
  const isReady = () => output.includes("worker ready");
  await until(
    () => isReady() || child.exitCode !== null,
    30_000,
    () => output,
  );
  if (!isReady()) throw new Error(`The worker did not start:\n${output}`);
  return { pid: child.pid ?? 0, exited, signal: (signal) => child.kill(signal), log: () => output };
}

/** Ends every worker that a test left running. */
export async function killWorkers(): Promise<void> {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill("SIGCONT");
    child.kill("SIGKILL");
    await once(child, "exit");
  }
}

/** Waits until the condition holds; fails with `explain` after `timeoutMs`. Answers how long it took. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
  explain: () => string = () => "",
): Promise<number> {
  const startedAt = performance.now();
  while (!(await condition())) {
    if (performance.now() - startedAt > timeoutMs)
      throw new Error(`It did not happen in time.\n${explain()}`);
    await sleep(50);
  }
  return performance.now() - startedAt;
}
