const pollMilliseconds = 400;
/** Shorter than common proxy limits; the browser reconnects, and membership is checked again when it does. */
const longestMilliseconds = 55_000;
const heartbeatMilliseconds = 15_000;

/**
 * Answers with a stream of whole states as server-sent events, one whenever the state changed, until `isDone` or the
 * time is up; or, to a client that asks for JSON, with the state as it is now.
 */
export async function liveResponse<T>(
  request: Request,
  read: () => Promise<T>,
  isDone: (state: T) => boolean,
): Promise<Response> {
  // The first read decides between an answer and an error before any byte is sent.
  const first = await read();
  if (request.headers.get("accept")?.includes("application/json")) {
    return Response.json(first, { headers: { "cache-control": "no-store" } });
  }
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      const endsAt = Date.now() + longestMilliseconds;
      let sent = "";
      let sentAt = 0;
      const write = (text: string) => {
        controller.enqueue(encoder.encode(text));
        sentAt = Date.now();
      };
      try {
        write("retry: 1000\n\n");
        for (let state = first; !request.signal.aborted; state = await read()) {
          const text = JSON.stringify(state);
          if (text !== sent) {
            write(`data: ${text}\n\n`);
            sent = text;
          } else if (Date.now() - sentAt > heartbeatMilliseconds) {
            write(": still here\n\n");
          }
          if (isDone(state) || Date.now() > endsAt) break;
          await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
        }
      } catch {
        // The reader is told by the closed stream and asks again; its next request gets the error itself.
      } finally {
        try {
          controller.close();
        } catch {
          // The reader has gone already.
        }
      }
    },
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
