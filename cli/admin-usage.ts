import type { Readable } from "node:stream";

/** The terminal of `posturio admin`. */
export interface AdminIo {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  readonly stdin: Readable;
}

/** The command was not understood: printed with the usage, exit code 64. */
export class Usage extends Error {}
