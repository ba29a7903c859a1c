import { writeSync } from "node:fs";
import { redactText } from "./redact";

/**
 * Ends a process that cannot run here, with one line of JSON and exit code 1. Not the logger: it reads its level from
 * the environment that may be what is wrong.
 */
export function refuseStart(error: unknown): never {
  const text = error instanceof Error ? error.message : "unknown error";
  const line = { level: "fatal", at: new Date().toISOString(), app: "posturio", pid: process.pid };
  try {
    writeSync(2, redactText(`${JSON.stringify({ ...line, message: `Not starting. ${text}` })}\n`));
  } catch {
    // Nobody can read it; the exit code says the same.
  }
  process.exit(1);
}
