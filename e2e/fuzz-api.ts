import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { request } from "@playwright/test";
import { demoIds } from "./api";
import startProduct, { demo } from "./start-product";

/**
 * Schemathesis against every operation of the API of a demo installation, in all its phases: the examples and the edges
 * of every schema, random input, and sequences of calls in which one uses what another has made. `npm run test:api-fuzz`
 */
const program = resolve(process.env.POSTURIO_SCHEMATHESIS ?? ".posturio/schemathesis/bin/schemathesis");
const reports = resolve("test-results/api-fuzz");
const settings = resolve("e2e/schemathesis.toml");

/**
 * The settings, with what there is in the demo where a path names something: a name made up is answered 404, and nothing
 * behind that is reached.
 */
async function settingsForWhatThereIs(): Promise<string> {
  const context = await request.newContext();
  const { accountId, findingKey, scanNumber, viewId } = await demoIds(context);
  await context.dispose();
  const named = resolve(reports, "known.toml");
  writeFileSync(
    named,
    `${readFileSync(settings, "utf8")}
[parameters]
"path.key" = "${findingKey}"
"path.number" = ${scanNumber}
"path.call" = 1

[[operations]]
include-path-regex = "^/accounts/"
parameters = { "path.id" = "${accountId}" }

[[operations]]
include-path-regex = "^/views/"
parameters = { "path.id" = "${viewId}" }
`,
  );
  return named;
}

/** One run over all operations; false when it found something. */
function run(name: string, config: string, ...options: readonly string[]): Promise<boolean> {
  const { url, apiToken } = demo();
  const args = [
    `--config-file=${config}`,
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
  const all = await run(
    "all",
    settings,
    "--phases=examples,coverage,fuzzing,stateful",
    "--max-examples=40",
    "--checks=all",
    "--exclude-checks=ignored_auth",
  );
  const known = await run(
    "known",
    await settingsForWhatThereIs(),
    "--phases=coverage,fuzzing",
    "--max-examples=40",
    "--checks=all",
    "--exclude-checks=ignored_auth",
    "--include-path-regex=[{]",
    // What they take away would be missing for the others.
    "--exclude-operation-id=disconnectAccount",
    "--exclude-operation-id=removeView",
  );
  // By itself: an address that asks without a token has 60 requests in 5 minutes.
  const auth = await run("auth", settings, "--phases=fuzzing", "--max-examples=1", "--checks=ignored_auth");
  process.exitCode = all && known && auth ? 0 : 1;
} finally {
  await stop();
}
