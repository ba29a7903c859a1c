import { beatWorker } from "@/lib/db/system/workers";
import { touchAliveFile } from "./alive-file";
import type { Loop } from "./loop";

/**
 * Shows the worker alive, in its file and in the database. Not while a loop hangs: a worker that only answers does no
 * work. False then.
 */
export async function beatUnlessStuck(
  workerId: string,
  loops: readonly Loop[],
  stuckAfterMs: number,
): Promise<boolean> {
  if (!loops.every((each) => each.turnedWithin(stuckAfterMs))) return false;
  await touchAliveFile();
  await beatWorker(workerId);
  return true;
}
