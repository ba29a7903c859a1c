/**
 * What the product does when the things under it fail: processes killed and paused, Redis and PostgreSQL restarted,
 * locked, full and away, AWS answering with nonsense. After every fault the laws of `faults/invariants.ts` must hold
 * and each finding must stand as before. Ends with 1 when anything is violated.
 *
 *   npm run test:faults                        all installations, about half an hour
 *   npm run test:faults -- --stack 15-redis    one of 18-redis, 15-redis, 18-postgres: PostgreSQL and where the queue is
 *   npm run test:faults -- --only F7,F10b      those faults alone
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { parseArgs } from "node:util";
import { awsFaults } from "./faults/aws-faults";
import { databaseFaults } from "./faults/database-faults";
import type { Fault } from "./faults/fault";
import { queueFaults } from "./faults/queue-faults";
import { requestFaults } from "./faults/request-faults";
import { runFaults } from "./faults/run-faults";
import { workerFaults } from "./faults/worker-faults";

const stacks = ["18-redis", "15-redis", "18-postgres"];
const faults: readonly Fault[] = [
  ...workerFaults,
  ...queueFaults,
  ...databaseFaults,
  ...requestFaults,
  ...awsFaults,
];

const { values } = parseArgs({ options: { stack: { type: "string" }, only: { type: "string" } } });
const only = values.only?.split(",");
const unknown = only?.filter((id) => !faults.some((fault) => fault.id === id)) ?? [];
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(", ")}. There are ${faults.map(({ id }) => id).join(", ")}.`);
  process.exit(64);
}

if (values.stack === undefined) {
  const built = spawnSync(process.execPath, ["bin/start.mjs", "--build-only"], { stdio: "inherit" });
  if (built.status !== 0) process.exit(built.status ?? 1);
  const failed: string[] = [];
  // Each in a process of its own: the product reads its addresses once.
  for (const stack of stacks) {
    const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1), "--stack", stack], {
      stdio: "inherit",
    });
    const [code] = await once(child, "exit");
    if (code !== 0) failed.push(stack);
  }
  if (failed.length > 0) console.error(`Violated: ${failed.join(", ")}`);
  process.exit(failed.length === 0 ? 0 : 1);
}

const [postgres = "", queue = ""] = values.stack.split("-");
if (queue !== "redis" && queue !== "postgres") {
  console.error(`There are the installations ${stacks.join(", ")}.`);
  process.exit(64);
}
const chosen = faults.filter(
  ({ id, ofRedis }) => (only === undefined || only.includes(id)) && !(ofRedis && queue === "postgres"),
);
const violated = await runFaults({ postgres, queue }, chosen);
console.log(`${values.stack}: ${chosen.length} faults, ${violated} violated`);
process.exit(violated === 0 ? 0 : 1);
