import { AppError } from "@/lib/errors";

interface Waiting {
  readonly start: () => void;
  readonly refuse: () => void;
}

function tooMany(): AppError {
  return new AppError(
    "rate_limited",
    "Too many people are signing in at this moment. Try again in a few seconds.",
    { retryAfter: 5 },
  );
}

/**
 * Runs at most `atOnce` jobs together and lets at most `maxWaiting` wait; one more is refused with `rate_limited`.
 * Password hashing costs 19 MiB and tens of milliseconds: without this, the sign-in form would be a way to exhaust the
 * machine. Each sender waits in a line of its own and the lines take turns, so that a flood from one delays nobody else;
 * when there is no more room, the longest line gives up its last place.
 */
export function boundedQueue(
  atOnce: number,
  maxWaiting: number,
): <T>(job: () => Promise<T>, sender?: string) => Promise<T> {
  let running = 0;
  let waiting = 0;
  /** In the order of their turns. */
  const lines = new Map<string, Waiting[]>();

  function longest(): Waiting[] {
    return [...lines.values()].reduce((most, line) => (line.length > most.length ? line : most), []);
  }

  function join(sender: string): Promise<void> {
    const line = lines.get(sender) ?? [];
    if (waiting >= maxWaiting) {
      const crowd = longest();
      if (crowd.length <= line.length + 1) throw tooMany();
      crowd.pop()?.refuse();
      waiting -= 1;
    }
    waiting += 1;
    lines.set(sender, line);
    return new Promise((resolve, reject) => line.push({ start: resolve, refuse: () => reject(tooMany()) }));
  }

  /** The place is handed on, not freed, so that a newcomer cannot overtake who waits. */
  function handOn(): void {
    const [first] = lines;
    if (first === undefined) {
      running -= 1;
      return;
    }
    const [sender, line] = first;
    lines.delete(sender);
    const next = line.shift();
    if (line.length > 0) lines.set(sender, line);
    waiting -= 1;
    next?.start();
  }

  return async (job, sender = "") => {
    if (running >= atOnce) await join(sender);
    else running += 1;
    try {
      return await job();
    } finally {
      handOn();
    }
  };
}
