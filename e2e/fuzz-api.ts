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

/** One run over all operations; false when it found something. */
function run(name: string, ...options: readonly string[]): Promise<boolean> {
  const { url, apiToken } = demo();
  const args = [
    `--config-file=${resolve("e2e/schemathesis.toml")}`,
    "run",
    `${url}/api/v1/openapi.json`,
    "--header",
    `Authorization: Bearer ${apiToken}`,
    "--continue-on-failure",
    // A token has 600 requests a minute.
    "--rate-limit=9/s",
    "--seed=20261126",
    "--report=junit",
    `--report-junit-path=${reports}/${name}.xml`,
    ...options,
    ...process.argv.slice(2),
  ];
  const child = spawn(program, args, { cwd: reports, stdio: "inherit" });
  return new Promise((ended, failed) => {
    child.once("error", failed);
    child.once("exit", (code) => ended(code === 0));
  });
}

if (!existsSync(program)) {
  process.stdout.write("Schemathesis is not installed (.ci/run does it): the API was NOT fuzzed\n");
  process.exit(process.env.CI === undefined ? 0 : 1);
}
const stop = await startProduct();
try {
  mkdirSync(reports, { recursive: true });
  const phases = "--phases=examples,coverage,fuzzing,stateful";
  const all = await run("all", phases, "--max-examples=40", "--checks=all", "--exclude-checks=ignored_auth");
  // By itself: an address that asks without a token has 60 requests in 5 minutes.
  const auth = await run("auth", "--phases=fuzzing", "--max-examples=1", "--checks=ignored_auth");
  process.exitCode = all && auth ? 0 : 1;
} finally {
  await stop();
}
