/**
 * Generates the Prisma client into lib/db/generated. The generator itself is WASM, but the CLI first wants to
 * download the native schema engine; naming any executable as that engine keeps it off the network.
 */
import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { clientSource, clientStamp } from "../bin/start/client.mjs";
import { ensureInstalled } from "../bin/start/install.mjs";
import { root } from "../bin/start/paths.mjs";
import { endWith } from "../bin/start/progress.mjs";

await ensureInstalled().catch(endWith);
// Taken before: a schema edited meanwhile asks for another client.
const source = clientSource();
rmSync(clientStamp, { force: true });

const cli = join(root, "node_modules", "prisma", "build", "index.js");
const result = spawnSync(process.execPath, [cli, "generate", "--no-hints"], {
  cwd: root,
  stdio: process.argv.includes("--quiet") ? ["ignore", "ignore", "inherit"] : "inherit",
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.platform === "win32" ? process.execPath : "/bin/true",
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  },
});
if (result.status === 0) writeFileSync(clientStamp, source);
process.exit(result.status ?? 1);
