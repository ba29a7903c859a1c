import { visibleLines } from "@/lib/checks/snippets/visible";
import { workflowSafe } from "@/lib/checks/snippets/workflow";
import { decodeText } from "@/lib/offline/decode-text";
import { runCheck } from "./check";
import { help, helpFor } from "./help";
import { type CliIo, isUsageError, Usage, usageExitCode } from "./io";
import { runChecks } from "./list-checks";
import { runTry } from "./try";

/** What bin/posturio.mjs makes of the bytes of a file, so that `readText` hands out text in any encoding. */
export const textOf: (bytes: Uint8Array) => string = decodeText;

const commands: Readonly<Record<string, (argv: readonly string[], io: CliIo) => Promise<number> | number>> = {
  check: runCheck,
  try: runTry,
  checks: runChecks,
};

/**
 * The command line without `admin`. Exit code: 0 pass or done, 1 fail, 2 not evaluated, 64 usage. Verdicts and
 * asked-for help go to standard output, everything else to standard error.
 */
export async function main(argv: readonly string[], io: CliIo): Promise<number> {
  const [name, ...rest] = argv;
  try {
    if (name === undefined) throw new Usage("name a command");
    if (name === "--version" || name === "-V" || name === "version") {
      io.out(`posturio ${io.version}\n`);
      return 0;
    }
    if (name === "--help" || name === "-h" || name === "help") {
      io.out(rest[0] === undefined ? help : helpFor(rest[0]));
      return 0;
    }
    const run = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (run === undefined) throw new Usage(`there is no command ${name}`);
    if (rest.includes("--help") || rest.includes("-h")) {
      io.out(helpFor(name));
      return 0;
    }
    return await run(rest, io);
  } catch (error) {
    if (!isUsageError(error)) throw error;
    io.err(
      `posturio: ${workflowSafe(visibleLines(error.message))}\n\n${name === undefined ? help : helpFor(name)}`,
    );
    return usageExitCode;
  }
}
