/**
 * What one scan costs: AWS calls, the longest chain of calls that waited for each other, wall time as a multiple of
 * the latency of one call, and CPU. Collector and checks only, without database, against a sandbox in a process of
 * its own. Fails when a budget is exceeded: 17 Regions and one trail in 42 calls (60 without a pass), 3 round trips
 * deep (4 without a pass), under a second.
 */

import { scanAccount } from "@/lib/aws/scan-account";
import { CallLimiter } from "@/lib/aws/wire/limiter";
import type { RecordedCall } from "@/lib/aws/wire/recorded-call";
import { defaultRegions, knownRegions } from "@/lib/checks/regions";
import { checks } from "@/lib/checks/registry";
import { caseNow, type TrailSpec, type WorldFile } from "@/sandbox/world/world-file";
import { startSandboxProcess } from "./sandbox-process";
import { sequentialDepth } from "./sequential-depth";

const latencyMs = 80;
/** CPU is that of so many scans, some at a time as a worker runs them; the first ones, not yet compiled, are left out. */
const cpuScans = { warmUp: 16, counted: 48, atOnce: 8 };
const accountId = "111122223333";

interface Setup {
  readonly regions: 17 | 34;
  readonly trails: number;
  readonly multiRegion: boolean;
  readonly stopped?: boolean;
}

const setups: readonly Setup[] = [
  { regions: 17, trails: 1, multiRegion: true },
  { regions: 17, trails: 1, multiRegion: false },
  { regions: 17, trails: 1, multiRegion: true, stopped: true },
  { regions: 17, trails: 5, multiRegion: true },
  { regions: 34, trails: 1, multiRegion: true },
  { regions: 34, trails: 1, multiRegion: false },
  { regions: 34, trails: 5, multiRegion: true },
];

function world({ regions, trails, multiRegion, stopped }: Setup): WorldFile {
  const optIn = knownRegions.filter(({ partition, isOptIn }) => partition === "aws" && isOptIn);
  const trail = (index: number): TrailSpec => ({
    name: `trail-${index + 1}`,
    homeRegion: "us-east-1",
    isMultiRegion: multiRegion,
    includeGlobalServiceEvents: true,
    status: { isLogging: !stopped, startLoggingTime: "-90d", latestDeliveryTime: "-5m" },
  });
  return {
    now: caseNow,
    accounts: [
      {
        account: { id: accountId },
        regions: [
          ...defaultRegions("aws").map((name) => ({ name, optInStatus: "opt-in-not-required" })),
          ...optIn.map(({ name }) => ({ name, optInStatus: regions === 34 ? "opted-in" : "not-opted-in" })),
        ],
        trails: Array.from({ length: trails }, (_, index) => trail(index)),
      },
    ],
    faults: [{ kind: "latency", latencyMs }],
  };
}

async function scan(endpoint: string) {
  const begun = performance.now();
  const { collection, evaluations } = await scanAccount({
    account: { id: accountId, partition: "aws" },
    role: { arn: `arn:aws:iam::${accountId}:role/PosturioReadOnly`, externalId: "pst_bench" },
    sessionName: "posturio-bench",
    checks,
    signal: new AbortController().signal,
    endpoint,
    limiter: new CallLimiter(),
    baseCredentials: async () => ({ accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "bench" }),
    judging: () => ({
      context: {
        now: caseNow,
        account: { id: accountId, partition: "aws" },
        defaultRegions: defaultRegions("aws"),
        sightings: {},
        acceptances: [],
      },
    }),
  });
  const wallMs = performance.now() - begun;
  return {
    wallMs,
    calls: collection.calls as readonly RecordedCall[],
    evaluation: evaluations[0]?.evaluation,
  };
}

async function scans(endpoint: string, count: number): Promise<void> {
  for (let done = 0; done < count; done += cpuScans.atOnce) {
    await Promise.all(Array.from({ length: cpuScans.atOnce }, () => scan(endpoint)));
  }
}

/** Processor time of one scan in milliseconds, garbage collection included. */
async function cpuPerScan(endpoint: string): Promise<number> {
  await scans(endpoint, cpuScans.warmUp);
  const before = process.cpuUsage();
  await scans(endpoint, cpuScans.counted);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / cpuScans.counted;
}

const rows: Record<string, string | number>[] = [];
const exceeded: string[] = [];
for (const setup of setups) {
  const sandbox = await startSandboxProcess(world(setup));
  const runs = [await scan(sandbox.url), await scan(sandbox.url), await scan(sandbox.url)];
  const cpuMs = await cpuPerScan(sandbox.url);
  await sandbox.stop();
  const [first] = runs;
  const median = [...runs].sort((a, b) => a.wallMs - b.wallMs)[1];
  if (!first || !median) continue;
  const depth = Math.max(...runs.map(({ calls }) => sequentialDepth(calls)));
  const verdict = first.evaluation?.verdict ?? "none";
  rows.push({
    Regions: setup.regions,
    trails: `${setup.trails} ${setup.multiRegion ? "multi-Region" : "single-Region"}${setup.stopped ? ", stopped" : ""}`,
    verdict,
    calls: first.calls.length,
    depth,
    "first ms": Math.round(first.wallMs),
    "median ms": Math.round(median.wallMs),
    "× latency": (median.wallMs / latencyMs).toFixed(1),
    "CPU ms per scan": cpuMs.toFixed(1),
  });
  if (setup.regions !== 17 || setup.trails !== 1) continue;
  const name = `${setup.regions} Regions, ${setup.trails} trail, ${verdict}`;
  const most = verdict === "PASS" ? 42 : 60;
  const deepest = verdict === "PASS" ? 3 : 4;
  if (first.calls.length > most) exceeded.push(`${name}: ${first.calls.length} calls, at most ${most}`);
  if (depth > deepest) exceeded.push(`${name}: ${depth} sequential round trips, at most ${deepest}`);
  if (median.wallMs >= 1_000) exceeded.push(`${name}: ${Math.round(median.wallMs)} ms, under 1,000 wanted`);
}
console.log(`One scan at ${latencyMs} ms per AWS call`);
console.table(rows);
for (const line of exceeded) console.error(`Over budget: ${line}`);
process.exitCode = exceeded.length === 0 ? 0 : 1;
