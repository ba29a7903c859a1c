import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { startSandbox } from "./server";
import { parseWorld } from "./world/load-world";
import { demoWorld } from "./worlds/demo";

const usage =
  "usage: sandbox [--world FILE] [--case ID] [--port N] [--host ADDRESS] [--journal FILE]   (without --world: the demo organization)";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      world: { type: "string" },
      case: { type: "string" },
      journal: { type: "string" },
      port: { type: "string", default: "0" },
      host: { type: "string", default: "127.0.0.1" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`Not a port: ${values.port}\n${usage}`);
  const world = values.world === undefined ? demoWorld() : parseWorld(await readFile(values.world, "utf8"));
  const sandbox = await startSandbox({
    world,
    port,
    host: values.host,
    ...(values.journal === undefined ? {} : { journal: values.journal }),
    ...(values.case === undefined ? {} : { caseId: values.case }),
  });
  console.log(JSON.stringify({ url: sandbox.url }));
  const stop = () => {
    void sandbox.close().then(() => process.exit(0));
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(64);
});
