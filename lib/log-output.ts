import type { Writable } from "node:stream";
import type { DestinationStream } from "pino";

/**
 * Writes lines to a stream that may fail: a full disk, a reader that has gone. A line that cannot be written is lost
 * and counted, and the first one that can be written again is followed by one that says how many were lost.
 */
export function guardedOutput(stream: Writable): DestinationStream {
  let lost = 0;
  // The callbacks count; without a listener Node would end the process.
  stream.on("error", () => {});
  const attempt = (line: string, done: (failed: boolean) => void) =>
    stream.write(line, (error) => done(error !== null && error !== undefined));
  const tellLost = () => {
    const told = lost;
    lost = 0;
    attempt(linesLost(told), (failed) => {
      if (failed) lost += told;
    });
  };
  return {
    write: (line) =>
      attempt(line, (failed) => {
        if (failed) lost += 1;
        else if (lost > 0) tellLost();
      }),
  };
}

function linesLost(lost: number): string {
  const message = "lines of the log were lost: they could not be written";
  return `${JSON.stringify({ level: "warn", at: new Date().toISOString(), app: "posturio", pid: process.pid, lost, message })}\n`;
}
