import { follow } from "./live-poll";
import type { LiveReader } from "./live-reader";
import { isEnding, takeSeat } from "./live-seats";

/** Shorter than common proxy limits; the browser reconnects. */
const longestMs = 55_000;
const heartbeatMs = 15_000;
/** How soon somebody who may no longer read stops hearing. */
const recheckMs = 2_000;
/** States that a reader has not taken. More means that nobody takes them. */
const mostWaiting = 50;

export interface LiveState<T> {
  /** Names what is followed, organization included: its followers share one reading. */
  readonly key: string;
  readonly read: () => Promise<T>;
  readonly isDone: (state: T) => boolean;
}

/**
 * Answers with a stream of whole states as server-sent events, one whenever the state changed, until `isDone`, the
 * time is up, the process ends or the reader may no longer read; or, to a client that asks for JSON, with the state as
 * it is now. Streams are few for a session and for a process.
 */
export async function liveResponse<T>(
  request: Request,
  reader: LiveReader,
  { key, read, isDone }: LiveState<T>,
): Promise<Response> {
  // The first read decides between an answer and an error before any byte is sent.
  const first = await read();
  if (request.headers.get("accept")?.includes("application/json")) {
    return Response.json(first, { headers: { "cache-control": "no-store" } });
  }
  let end = () => {};
  const leave = takeSeat(reader.session, () => end());
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      const events = eventWriter(controller);
      const unfollow = follow(key, read, {
        onState: (state) => {
          events.send(state);
          if (isDone(state as T) || events.isStuck()) end();
        },
        onEnd: () => end(),
      });
      const timers = [
        setTimeout(() => end(), longestMs),
        setInterval(() => events.beat(), heartbeatMs),
        setInterval(async () => {
          // Unknown, because the database is away, ends it too: the next request gets the error itself.
          if (!(await reader.stillMay().catch(() => false))) end();
        }, recheckMs),
      ];
      end = () => {
        unfollow();
        for (const timer of timers) clearTimeout(timer);
        leave();
        events.close();
      };
      request.signal.addEventListener("abort", () => end());
      events.send(first);
      if (isDone(first) || isEnding() || request.signal.aborted) end();
    },
    cancel: () => end(),
  });
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      // no-transform keeps compression from holding events back.
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}

function eventWriter(controller: ReadableStreamDefaultController<Uint8Array>) {
  const encoder = new TextEncoder();
  let sent = "";
  const write = (text: string) => {
    try {
      controller.enqueue(encoder.encode(text));
    } catch {
      // The reader has gone; its end is on its way.
    }
  };
  write("retry: 1000\n\n");
  return {
    send: (state: unknown) => {
      const text = JSON.stringify(state);
      if (text !== sent) write(`data: ${text}\n\n`);
      sent = text;
    },
    beat: () => write(": still here\n\n"),
    isStuck: () => (controller.desiredSize ?? 0) < -mostWaiting,
    close: () => {
      try {
        controller.close();
      } catch {
        // Closed already, by us or by the reader.
      }
    },
  };
}
