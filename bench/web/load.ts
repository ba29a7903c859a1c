import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync } from "node:zlib";

/** What is asked for again and again. `headers` may differ from one request to the next. */
export interface Target {
  readonly name: string;
  readonly url: (index: number) => string;
  readonly headers: (index: number) => Readonly<Record<string, string>>;
  /** Part of every right answer. A page that begins before it fails has status 200 all the same. */
  readonly expected: string;
}

export interface LoadResult {
  readonly sent: number;
  /** Answers that were not 200 or not what was expected, and requests without an answer within 30 s. */
  readonly errors: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** What went wrong first, when something did. */
  readonly firstError: string | null;
}

/**
 * The connection unused for longest is next: a web process keeps the connections it was given, and the latest again and
 * again would ask a single one of them.
 */
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY, scheduling: "fifo" });
const giveUpMs = 30_000;

/**
 * An open loop: a request is sent at its time whether or not those before it were answered, as people do. The time of
 * an answer counts from when its request was due, so that a server that falls behind is seen to.
 */
export async function load(target: Target, perSecond: number, seconds: number): Promise<LoadResult> {
  const begun = performance.now();
  const total = Math.round(perSecond * seconds);
  const answers: Promise<{ ms: number; error: string | null }>[] = [];
  for (let index = 0; index < total; index += 1) {
    const dueAt = begun + (index * 1_000) / perSecond;
    const wait = dueAt - performance.now();
    if (wait > 0) await sleep(wait);
    answers.push(
      get(target, index).then(
        ({ status, body }) => ({ ms: performance.now() - dueAt, error: faultOf(target, status, body) }),
        (error: Error) => ({ ms: performance.now() - dueAt, error: error.message }),
      ),
    );
  }
  const ended = await Promise.all(answers);
  const times = ended.map(({ ms }) => ms).sort((a, b) => a - b);
  const failed = ended.filter(({ error }) => error !== null);
  const at = (part: number) => Math.round(times[Math.floor((times.length - 1) * part)] ?? Number.NaN);
  return {
    sent: total,
    errors: failed.length,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    firstError: failed[0]?.error ?? null,
  };
}

function faultOf({ expected }: Target, status: number, body: Buffer): string | null {
  if (status !== 200) return `status ${status}`;
  return textOf(body).includes(expected) ? null : `“${expected}” is missing`;
}

/** Answers that are too short are not compressed. */
export function textOf(body: Buffer): string {
  return (body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body).toString("utf8");
}

/** One answer, as a browser asks for it: compressed. `body` is what came over the wire. */
export function get(target: Target, index = 0): Promise<{ status: number; body: Buffer }> {
  const headers = { "accept-encoding": "gzip", ...target.headers(index) };
  return new Promise((resolve, reject) => {
    const sent = request(target.url(index), { agent, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks) }));
      answer.on("error", reject);
    });
    sent.setTimeout(giveUpMs, () => sent.destroy(new Error(`no answer within ${giveUpMs / 1_000} s`)));
    sent.on("error", (error: NodeJS.ErrnoException) => {
      // The server closes a connection that idled for five seconds; browsers ask again too when they meet that.
      if (sent.reusedSocket && error.code === "ECONNRESET") resolve(get(target, index));
      else reject(error);
    });
    sent.end();
  });
}
