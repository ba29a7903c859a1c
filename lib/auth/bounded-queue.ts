import { AppError } from "@/lib/errors";

/**
 * Runs at most `atOnce` jobs together and lets at most `maxWaiting` wait; the next one is refused with
 * `rate_limited`. Password hashing costs 19 MiB and tens of milliseconds: without this, the sign-in form would be
 * a way to exhaust the machine.
 */
export function boundedQueue(atOnce: number, maxWaiting: number): <T>(job: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (job) => {
    if (running >= atOnce) {
      if (waiting.length >= maxWaiting) {
        throw new AppError(
          "rate_limited",
          "Too many people are signing in at this moment. Try again in a few seconds.",
          {
            retryAfter: 5,
          },
        );
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await job();
    } finally {
      // The place is handed on, not freed, so that a newcomer cannot overtake who waits.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
