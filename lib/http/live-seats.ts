import { AppError } from "@/lib/errors";

/** A browser opens no more than six connections to one address over HTTP/1.1. */
const mostOfSession = 6;
const mostOfProcess = 200;

interface Live {
  readonly bySession: Map<string, number>;
  readonly open: Set<() => void>;
  isEnding: boolean;
}

/** One for the process: the framework loads this module once for each of its bundles. */
const kept = globalThis as typeof globalThis & { posturioLive?: Live };

function live(): Live {
  if (kept.posturioLive === undefined) {
    const made: Live = { bySession: new Map(), open: new Set(), isEnding: false };
    kept.posturioLive = made;
    // An open stream would hold up the end of the process; its browser comes back and finds the next one.
    process.once("SIGTERM", () => {
      made.isEnding = true;
      for (const end of [...made.open]) end();
    });
  }
  return kept.posturioLive;
}

/** Whether the process is about to end, so that no stream may begin. */
export function isEnding(): boolean {
  return live().isEnding;
}

/**
 * Takes one of the seats for live streams; the returned function gives it back and may be called twice. `end` is
 * called when the process must end. Throws `rate_limited` when the session, or the process, has none left: the page
 * then asks from time to time instead.
 */
export function takeSeat(session: string, end: () => void): () => void {
  const { bySession, open } = live();
  const own = bySession.get(session) ?? 0;
  if (own >= mostOfSession || open.size >= mostOfProcess) {
    throw new AppError("rate_limited", "Too many live views are open. Close some, or ask for JSON.", {
      retryAfter: 10,
    });
  }
  bySession.set(session, own + 1);
  open.add(end);
  return () => {
    if (!open.delete(end)) return;
    const left = (bySession.get(session) ?? 1) - 1;
    if (left > 0) bySession.set(session, left);
    else bySession.delete(session);
  };
}
