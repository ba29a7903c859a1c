/**
 * Full scans per second of one worker process: real PostgreSQL, the worker as it is shipped, a sandbox of its own
 * process with 80 ms per call and 1 % of CloudTrail calls throttled, twenty organizations. Counts what the
 * database and the sandbox saw, not what the worker says. Fails when a verdict is wrong, a scan is incomplete or a
 * Region was asked more often than its bucket allows.
 *
 *   --scans N --accounts N (per organization) --latency MS --throttled 0.01 --concurrency N
 *   --soak      5,000 scans with 5 ms latency; prints the worker's memory at every 500
 *   --profile   writes a CPU profile of the worker to the directory given
 *   --least     least scans per second, fewer are a failure; 0 when absent
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type BenchAccount, insertAccounts, makeAccounts, worldOf } from "./throughput/accounts";
import { startInstallation } from "./throughput/installation";
import { openLedger } from "./throughput/ledger";
import { familyCpuMs, machineBusyMs, usageOf } from "./throughput/process-usage";

const { values } = parseArgs({
  options: {
    scans: { type: "string" },
    accounts: { type: "string", default: "25" },
    latency: { type: "string" },
    throttled: { type: "string", default: "0.01" },
    concurrency: { type: "string" },
    least: { type: "string", default: "0" },
    soak: { type: "boolean", default: false },
    profile: { type: "string" },
  },
});
const organizations = 20;
const wanted = Number(values.scans ?? (values.soak ? 5_000 : 600));
const latencyMs = Number(values.latency ?? (values.soak ? 5 : 80));

/** CloudTrail's bucket of one account and Region: a burst of 10, and 2 more within the second. */
const mostPerSecond = 12;

const accounts = makeAccounts(Array.from({ length: organizations }, () => Number(values.accounts)));
const installation = await startInstallation(worldOf(accounts, latencyMs, Number(values.throttled)));
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void installation.stop().finally(() => process.exit(1)));
}
process.env.DATABASE_URL = installation.appUrl;
process.env.DATABASE_AUTH_URL = installation.authUrl;
process.env.LOG_LEVEL = "warn";
const ledger = await openLedger(installation.allUrl);
try {
  await insertAccounts(installation.allUrl, accounts);
  const { requestScans, closeRequests } = await import("./throughput/request-scans");
  let requested = await requestScans(accounts.slice(0, wanted));
  const worker = await installation.startWorker(
    values.concurrency === undefined ? {} : { POSTURIO_WORKER_CONCURRENCY: values.concurrency },
    values.profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${values.profile}`],
  );
  const before = reading(worker.pid);

  let memoryShownAt = 0;
  for (let done = 0; done < wanted; ) {
    await sleep(250);
    done = await ledger.ended();
    if (values.soak && done - memoryShownAt >= 500) {
      memoryShownAt = done - (done % 500);
      console.log(`${String(done).padStart(6)} scans: worker ${usageOf(worker.pid)?.rssMb.toFixed(0)} MB`);
    }
    if (requested < wanted) {
      const idle = await ledger.idleAccounts(wanted - requested);
      const byId = new Map(accounts.map((account) => [account.id, account]));
      requested += await requestScans(idle.map((id) => byId.get(id) as BenchAccount));
    }
  }
  const after = reading(worker.pid);
  const outcome = await ledger.outcome(accounts);
  const calls = (await (await fetch(`${installation.sandbox.url}/_sandbox/calls?limit=1`)).json()) as {
    total: number;
    maxInFlight: number;
    rates: { service: string; maxPerSecond: number }[];
  };
  await worker.stop();
  await closeRequests();

  const perScan = (use: (of: typeof after) => number) => ((use(after) - use(before)) / wanted).toFixed(1);
  const seconds = (after.at - before.at) / 1_000;
  const fastest = calls.rates
    .filter(({ service }) => service === "cloudtrail")
    .reduce((most, { maxPerSecond }) => Math.max(most, maxPerSecond), 0);
  console.table({
    scans: wanted,
    "scans per second, middle 80 %": outcome.steadyPerSecond.toFixed(1),
    "scans per second, first to last": outcome.perSecond.toFixed(1),
    "one scan, median ms": Math.round(outcome.medianMs),
    "one scan, × latency": (outcome.medianMs / latencyMs).toFixed(1),
    "one scan, 99 % under ms": Math.round(outcome.p99Ms),
    "AWS calls per scan (call log)": (outcome.readings / wanted).toFixed(1),
    "requests per scan (sandbox)": (calls.total / wanted).toFixed(1),
    "requests in flight at most": calls.maxInFlight,
    "CloudTrail requests per second, account and Region, at most": fastest,
    "worker CPU ms per scan": perScan((of) => of.worker),
    "PostgreSQL CPU ms per scan": perScan((of) => of.postgres),
    "sandbox CPU ms per scan": perScan((of) => of.sandbox),
    "processors busy, all processes": ((after.machine - before.machine) / 1_000 / seconds).toFixed(2),
    "of them busy for others": (
      (after.machine - before.machine - (known(after) - known(before))) /
      1_000 /
      seconds
    ).toFixed(2),
    "worker memory MB, end": Math.round(after.rssMb),
    "wrong verdicts": outcome.wrong,
    "incomplete scans": outcome.incomplete,
  });
  const faults = [
    ...(outcome.wrong > 0 ? [`${outcome.wrong} verdicts are wrong`] : []),
    ...(outcome.incomplete > 0
      ? [`${outcome.incomplete} scans are not complete, whole and done at the first attempt`]
      : []),
    ...(fastest > mostPerSecond
      ? [`a Region was asked ${fastest} times in a second, at most ${mostPerSecond}`]
      : []),
    ...(outcome.steadyPerSecond < Number(values.least)
      ? [`${outcome.steadyPerSecond.toFixed(1)} scans per second, ${values.least} wanted`]
      : []),
  ];
  for (const fault of faults) console.error(`Failed: ${fault}`);
  if (outcome.incomplete > 0) {
    console.error([...(await ledger.troubles()), "Worker:", warnings(worker.output())].join("\n"));
  }
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  await ledger.close();
  await installation.stop();
}

function reading(workerPid: number) {
  const usage = usageOf(workerPid);
  return {
    at: performance.now(),
    worker: usage?.cpuMs ?? Number.NaN,
    rssMb: usage?.rssMb ?? Number.NaN,
    postgres: familyCpuMs(installation.postgresPid) ?? Number.NaN,
    sandbox: usageOf(installation.sandbox.pid)?.cpuMs ?? Number.NaN,
    bench: usageOf(process.pid)?.cpuMs ?? Number.NaN,
    machine: machineBusyMs(),
  };
}

/** The first lines above the level of information. */
function warnings(output: string): string {
  return output
    .split("\n")
    .filter((line) => /"level":"?(40|50|60|warn|error|fatal)/.test(line))
    .slice(0, 5)
    .join("\n");
}

function known(of: ReturnType<typeof reading>): number {
  return of.worker + of.postgres + of.sandbox + of.bench;
}
