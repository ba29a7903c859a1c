/**
 * A full disk or a reader that has gone must not end a process: lines that cannot be written are lost, the work goes
 * on. Without a listener Node ends the process at the first failed write.
 */
export function guardOutputs() {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
}
