import type { Verdict } from "@/lib/checks/evaluation";

/** What a command may touch of the process it runs in. */
export interface CliIo {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard output is a terminal: colors may be used. */
  readonly isTerminal: boolean;
  readonly version: string;
  /** The whole text of a file; `-` is standard input. Throws Node's error when it cannot be read. */
  readonly readText: (path: string) => Promise<string>;
}

/** A call of the command line that cannot be carried out as written. Exit code 64. */
export class Usage extends Error {}

/** parseArgs of Node reports unknown options and missing values as TypeErrors with a code. */
export function isUsageError(error: unknown): error is Error {
  return error instanceof Usage || (error instanceof TypeError && "code" in error);
}

export const exitCodes = { PASS: 0, FAIL: 1, NOT_EVALUATED: 2 } as const satisfies Record<Verdict, number>;
export const usageExitCode = 64;
