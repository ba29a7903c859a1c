import { AsyncLocalStorage } from "node:async_hooks";
import { env } from "@/lib/env";

/**
 * Finds a door opened inside a door: a mistake of ours, which tests meet. Before version 24 Node pays for an
 * AsyncLocalStorage at every promise of the process once one is in use, a sixth of what a scan costs; there it looks
 * everywhere but in production.
 */
const isCheap = Number.parseInt(process.versions.node, 10) >= 24;
const inside = new AsyncLocalStorage<true>();

const looksForNesting = () => isCheap || env.NODE_ENV !== "production";

/** Throws inside a door. With every connection taken, a second one would wait for the first until both fail. */
export function refuseNesting(door: string): void {
  if (looksForNesting() && inside.getStore()) {
    throw new Error(`${door} does not nest: pass the handle on`);
  }
}

/** Runs what happens behind a door. */
export function insideDoor<T>(work: () => Promise<T>): Promise<T> {
  return looksForNesting() ? inside.run(true, work) : work();
}
