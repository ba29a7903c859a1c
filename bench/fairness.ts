/**
 * One organization with 10,000 accounts beside 100 with two each, all due at once, one worker: how long until a scan of
 * a small one starts. Fails when one of them starts after 60 s.
 *
 *   --large N  accounts of the large organization, 10000 when absent
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import pg from "pg";
import { insertAccounts, makeAccounts, worldOf } from "./throughput/accounts";
import { startInstallation } from "./throughput/installation";

const { values } = parseArgs({ options: { large: { type: "string", default: "10000" } } });
const [small, each, mostSeconds] = [100, 2, 60];
const large = Number(values.large);

const accounts = makeAccounts([large, ...Array.from({ length: small }, () => each)]);
const largeTenant = accounts[0]?.tenantId ?? "";
const installation = await startInstallation(worldOf(accounts, 80, 0));
const client = new pg.Client({ connectionString: installation.allUrl });
try {
  await client.connect();
  await insertAccounts(installation.allUrl, accounts);
  // The large one has been due for longer: a queue that takes the oldest first starts with all of it.
  await client.query(
    `INSERT INTO scan_schedules (tenant_id, account_id, next_due_at, trust_due_at)
     SELECT tenant_id, id, now() - CASE WHEN tenant_id = $1 THEN interval '10 minutes' ELSE interval '0' END,
            now() + interval '1 year' FROM accounts`,
    [largeTenant],
  );
  const begun = performance.now();
  const worker = await installation.startWorker({}, []);
  const started = await untilSmallStarted(begun);
  const { rows } = await client.query<{ created: number; started: number }>(
    `SELECT count(*)::int AS created, count(started_at)::int AS started FROM scans WHERE tenant_id = $1`,
    [largeTenant],
  );
  await worker.stop();
  const sorted = [...started].sort((a, b) => a - b);
  const at = (part: number) => ((sorted[Math.floor((sorted.length - 1) * part)] ?? 0) / 1_000).toFixed(1);
  console.table({
    "scans of small organizations": sorted.length,
    "half started after, s": at(0.5),
    "the last started after, s": at(1),
    "of the large one created by then": rows[0]?.created,
    "of the large one started by then": rows[0]?.started,
  });
  if (Number(at(1)) > mostSeconds) {
    console.error(`Failed: a small organization waited ${at(1)} s, at most ${mostSeconds}`);
    process.exitCode = 1;
  }
} finally {
  await client.end();
  await installation.stop();
}

/** Milliseconds from the worker's start to the start of each small organization's scan. */
async function untilSmallStarted(begun: number): Promise<number[]> {
  const offset = await clockOffset();
  for (let tries = 0; tries < 1_200; tries += 1) {
    const { rows } = await client.query<{ started_at: Date | null }>(
      "SELECT started_at FROM scans WHERE tenant_id <> $1 AND started_at IS NOT NULL",
      [largeTenant],
    );
    if (rows.length === small * each) {
      return rows.map(({ started_at }) => (started_at?.getTime() ?? 0) - offset - begun);
    }
    await sleep(250);
  }
  throw new Error("Scans of small organizations did not start within five minutes.");
}

/** What the database's clock is ahead of the one that this program counts with. */
async function clockOffset(): Promise<number> {
  const { rows } = await client.query<{ now: Date }>("SELECT clock_timestamp() AS now");
  return (rows[0]?.now.getTime() ?? 0) - performance.now();
}
