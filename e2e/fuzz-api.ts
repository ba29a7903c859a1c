import { spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { resolve } from "node:path";
import startProduct, { demo } from "./start-product";

/**
 * Schemathesis against every operation of the API of a demo installation, in all its phases: the examples and the edges
 * of every schema, random input, and sequences of calls in which one uses what another has made. `npm run test:api-fuzz`
 */
const program = resolve(process.env.POSTURIO_SCHEMATHESIS ?? ".posturio/schemathesis/bin/schemathesis");
const reports = resolve("test-results/api-fuzz");

async function fuzz(): Promise<number> {
  const { url, apiToken } = demo();
  mkdirSync(reports, { recursive: true });
  const args = [
    "--config-file=e2e/schemathesis.toml",
    "run",
    `${url}/api/v1/openapi.json`,
    "--header",
    `Authorization: Bearer ${apiToken}`,
    "--phases=examples,coverage,fuzzing,stateful",
    "--checks=all",
    "--max-examples=40",
    "--continue-on-failure",
    // A token has 600 requests a minute.
    "--rate-limit=9/s",
    "--seed=20261126",
    "--report=junit",
    `--report-dir=${reports}`,
    ...process.argv.slice(2),
  ];
  const child = spawn(program, args, { stdio: "inherit" });
  return new Promise((ended, failed) => {
    child.once("error", failed);
    child.once("exit", (code) => ended(code ?? 1));
  });
}

if (!existsSync(program)) {
  process.stdout.write("Schemathesis is not installed (.ci/run does it): the API was NOT fuzzed\n");
  process.exit(process.env.CI === undefined ? 0 : 1);
}
const stop = await startProduct();
try {
  process.exitCode = await fuzz();
} finally {
  await stop();
}
