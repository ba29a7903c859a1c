import { setTimeout as sleep } from "node:timers/promises";
import { logger } from "@/lib/logger";

export interface Loop {
  /** Whether a turn has ended within so many milliseconds. */
  turnedWithin(ms: number): boolean;
  /** Resolves once the current turn has ended; no other follows. */
  stop(): Promise<void>;
}

/** Does `turn` again and again, one at a time, with a pause between. A turn that throws is logged and not the end. */
export function loop(name: string, pauseMs: number, turn: () => Promise<void>): Loop {
  const stopping = new AbortController();
  let turnedAt = performance.now();
  const running = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await turn();
      } catch (error) {
        logger.warn({ error, loop: name }, "a turn of the loop failed; the next one follows");
      }
      turnedAt = performance.now();
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  })();
  return {
    turnedWithin: (ms) => performance.now() - turnedAt <= ms,
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
