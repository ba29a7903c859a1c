import { format, stripVTControlCharacters } from "node:util";
import { guardOutputs } from "./guard-outputs.mjs";

/**
 * Preloaded into every web process: the log is lines of JSON from the first one on, and what the framework prints
 * before our own code runs is one of them (lib/http/console-to-log.ts takes over from here).
 */
guardOutputs();
const levels = { debug: "debug", log: "info", info: "info", warn: "warn", error: "error" };
for (const [method, level] of Object.entries(levels)) {
  console[method] = (...parts) => {
    const message = stripVTControlCharacters(format(...parts)).trim();
    if (message === "") return;
    const line = {
      level,
      at: new Date().toISOString(),
      app: "posturio",
      pid: process.pid,
      where: "console",
      message,
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  };
}
