import { RefusedValue } from "@/lib/checks/facts/patterns";
import type { ReadFailure, Reading } from "@/lib/checks/facts/reading";
import { read, unread } from "@/lib/checks/facts/reading";
import { redactAnswer } from "@/lib/redact";
import type { Attempts, SendOptions } from "./attempts";
import { deadlineFailure, MalformedResponse, readFailure } from "./read-failure";
import type { OnCall, RecordedCall } from "./recorded-call";

/** What every answer of the SDK carries. */
export interface Answer {
  readonly $metadata: { readonly requestId?: string | undefined };
}

/** One AWS call: where, about what, how it is sent, and what its answer means. */
export interface CallSpec<O extends Answer, V> {
  /** IAM action. */
  readonly api: string;
  readonly region: string;
  /** ARN the call is about. */
  readonly target?: string;
  send(options: SendOptions): Promise<O>;
  /** The value of the answer, or undefined when a member the API always sends is missing. May throw RefusedValue. */
  parse(output: O): V | undefined;
  /** An error that is an answer, e.g. "this account is in no organization". */
  answerIn?(failure: ReadFailure): V | undefined;
}

/** What ends a call early, and what reports it. */
export interface CallControl {
  readonly signal: AbortSignal;
  readonly onCall: OnCall;
  /** What a call that `signal` cut off failed of; the scan's deadline when absent. */
  readonly cutOff?: (lastError: unknown) => ReadFailure;
}

/**
 * Sends one call, retries of the SDK included, and reports it to `onCall` exactly once. Ends when `signal` aborts,
 * even when the connection hangs in the middle of an answer. Never throws.
 */
export async function sendCall<O extends Answer, V>(
  spec: CallSpec<O, V>,
  { signal, onCall, cutOff }: CallControl,
): Promise<Reading<V>> {
  const at = new Date().toISOString();
  const begun = performance.now();
  const attempts: Attempts = { errors: [], sent: 0 };
  const place = { api: spec.api, region: spec.region };
  const finish = (reading: Reading<V>, output?: O): Reading<V> => {
    const durationMs = Math.round(performance.now() - begun);
    onCall(record(spec, { at, durationMs, attempts }, reading, output));
    return reading;
  };
  try {
    signal.throwIfAborted();
    const sent = spec.send({ abortSignal: signal, attempts });
    const output = await endWith(signal, sent);
    const value = understood(spec, output);
    if (value instanceof MalformedResponse) return finish(unread(readFailure(value, place)));
    return finish(read(value), output);
  } catch (error) {
    const failure = signal.aborted
      ? (cutOff?.(attempts.errors.filter((seen) => !isAbort(seen)).at(-1)) ?? deadlineFailure(place))
      : readFailure(error, place);
    const answer = spec.answerIn?.(failure);
    return answer === undefined ? finish(unread(failure)) : finish(asAnswer(answer, failure));
  }
}

const answeredErrors = new WeakMap<object, ReadFailure>();

function asAnswer<V>(value: V, failure: ReadFailure): Reading<V> {
  const reading = read(value);
  answeredErrors.set(reading, failure);
  return reading;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

/** The value of the answer, or why it is none: a member that is missing, or one that AWS would not send. */
function understood<O extends Answer, V>(spec: CallSpec<O, V>, output: O): V | MalformedResponse {
  const { requestId } = output.$metadata;
  const metadata = requestId === undefined ? {} : { requestId };
  try {
    const value = spec.parse(output);
    if (value !== undefined) return value;
    return new MalformedResponse("The answer lacks a member that this API always sends.", metadata);
  } catch (error) {
    if (error instanceof RefusedValue) return new MalformedResponse(error.message, metadata);
    throw error;
  }
}

/** The SDK stops listening to the signal once headers have arrived; a body that hangs must end too. */
function endWith<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}

function record<O extends Answer, V>(
  spec: CallSpec<O, V>,
  { at, durationMs, attempts }: { at: string; durationMs: number; attempts: Attempts },
  reading: Reading<V>,
  output: O | undefined,
): RecordedCall {
  const failure = reading.ok ? answeredErrors.get(reading) : reading.failure;
  const requestId = failure?.requestId ?? output?.$metadata.requestId;
  return {
    at,
    ...(attempts.answeredAt === undefined ? {} : { answeredAt: attempts.answeredAt }),
    durationMs,
    attempts: attempts.sent,
    api: spec.api,
    region: spec.region,
    ...(spec.target === undefined ? {} : { target: spec.target }),
    outcome: reading.ok ? "ok" : reading.failure.kind,
    ...(failure ? { errorCode: failure.code, message: failure.message } : {}),
    ...(requestId === undefined ? {} : { requestId }),
    ...(output === undefined ? {} : { response: redactAnswer(output) }),
  };
}
