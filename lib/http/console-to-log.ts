import { format, stripVTControlCharacters } from "node:util";
import { type Logger, logger } from "@/lib/logger";

const levels = { debug: "debug", log: "info", info: "info", warn: "warn", error: "error" } as const;

/**
 * Sends what the framework prints through the logger, so that every line of the web process is JSON and secrets are
 * removed from it too. An error with a digest is left out: `onRequestError` logs it with its request.
 */
export function sendConsoleToLog(
  target: Pick<Console, keyof typeof levels> = console,
  to: Logger = logger,
): void {
  for (const [method, level] of Object.entries(levels) as [keyof typeof levels, "info"][]) {
    target[method] = (...parts: unknown[]) => {
      if (parts.some(hasDigest)) return;
      const message = stripVTControlCharacters(format(...parts)).trim();
      if (message !== "") to[level]({ where: "console" }, message);
    };
  }
}

function hasDigest(part: unknown): boolean {
  return part instanceof Error && "digest" in part;
}
