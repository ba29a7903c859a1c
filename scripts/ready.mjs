/**
 * Makes a clone ready for a program written in TypeScript, however fresh the clone is: installs the dependencies,
 * generates the database client, and teaches Node to read TypeScript. What cannot be done is said in one sentence.
 *
 *     node --import ./scripts/ready.mjs bench/scan.ts
 *
 * A JavaScript program imports it first and its libraries with import() afterwards.
 */
import { isMainThread } from "node:worker_threads";
import { ensureClient } from "../bin/start/client.mjs";
import { checkNode, ensureInstalled } from "../bin/start/install.mjs";
import { endWith } from "../bin/start/progress.mjs";

async function makeReady() {
  checkNode();
  await ensureInstalled();
  await ensureClient();
}

// A thread of a program inherits its --import.
if (isMainThread) await makeReady().catch(endWith);
await import("tsx");
