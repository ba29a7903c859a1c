import type { RecordedCall } from "@/lib/aws/wire/recorded-call";
import { canonicalJson, sha256OfJson, sha256OfText } from "@/lib/evidence/canonical-json";
import type { Content } from "@/lib/history/contents";

/** One AWS call as a run keeps it. Optional members are absent where there is nothing to say. */
export interface CallEntry {
  /**
   * The `Date` of AWS's answer. When none came, and in lists of before it was kept, when the call was begun by the
   * database's clock. ISO 8601 with milliseconds.
   */
  readonly at: string;
  readonly api: string;
  readonly region: string;
  readonly target?: string;
  /** `ok` or the kind of the read failure. */
  readonly outcome: string;
  readonly errorCode?: string;
  readonly message?: string;
  readonly requestId?: string;
  readonly durationMs: number;
  /** SHA-256 of the whole answer in canonical JSON; absent when there was none. */
  readonly sha256?: string;
  /** Members that change with every delivery. With the stored rest they are the answer. */
  readonly changing?: Readonly<Record<string, unknown>>;
  /** Hash of the stored rest, where it is not the whole answer. */
  readonly answer?: string;
}

/** Calls that tell when they were begun, in that order. */
export function inOrder<C extends { readonly at: string }>(calls: readonly C[]): C[] {
  return [...calls].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** Calls in the order in which they were begun, as the row of a run holds them. */
export function callsText(calls: readonly CallEntry[]): string {
  return JSON.stringify({ calls });
}

/**
 * The calls of a stored list, in the order in which they were begun. A list of before the order was kept is a plain
 * array, whose calls tell when they were begun.
 */
export function callsFrom(stored: unknown): CallEntry[] {
  return Array.isArray(stored) ? inOrder(stored as CallEntry[]) : (stored as { calls: CallEntry[] }).calls;
}

/** GetTrailStatus: times of the last deliveries, and the old string forms of when logging began. */
const changes = /^(Latest|TimeLogging)/;

/** Their answers name the session, which is another one in every run: all of them stays with the call. */
const ofTheSession: ReadonlySet<string> = new Set(["sts:AssumeRole", "sts:GetCallerIdentity"]);

/**
 * A call as its run keeps it, and the part of its answer that is stored by content. `clockOffsetMs` is what to add to
 * this process's clock to have the database's.
 */
export function entryOf(
  call: RecordedCall,
  clockOffsetMs: number,
): { entry: CallEntry; content: Content | null } {
  const { at, answeredAt, durationMs, attempts: _attempts, response, ...rest } = call;
  const entry: CallEntry = {
    ...rest,
    at: answeredAt ?? new Date(Date.parse(at) + clockOffsetMs).toISOString(),
    durationMs: Math.round(durationMs),
  };
  if (response === undefined || response === null) return { entry, content: null };
  const { steady, changing } = split(call.api, response);
  const text = canonicalJson(steady);
  const hash = sha256OfText(text);
  return changing === null
    ? { entry: { ...entry, sha256: hash }, content: { hash, text } }
    : {
        entry: { ...entry, sha256: sha256OfJson(response), changing, answer: hash },
        content: { hash, text },
      };
}

function split(
  api: string,
  response: unknown,
): { steady: unknown; changing: Record<string, unknown> | null } {
  if (typeof response !== "object" || response === null || Array.isArray(response)) {
    return { steady: response, changing: null };
  }
  const members = Object.entries(response);
  const moves = (key: string) => ofTheSession.has(api) || changes.test(key);
  if (!members.some(([key]) => moves(key))) return { steady: response, changing: null };
  return {
    steady: Object.fromEntries(members.filter(([key]) => !moves(key))),
    changing: Object.fromEntries(members.filter(([key]) => moves(key))),
  };
}

/** Which stored content the call's answer needs; null for a call without an answer. */
export function answerHashOf(entry: CallEntry): string | null {
  return entry.answer ?? entry.sha256 ?? null;
}

/** What is stored of an answer does not give the hash that was written when it arrived. */
export class AnswerAltered extends Error {
  constructor(entry: CallEntry) {
    super(
      `The stored answer of ${entry.api} in ${entry.region} at ${entry.at} is not the one that was read.`,
    );
    this.name = "AnswerAltered";
  }
}

/**
 * The answer as AWS gave it (without credentials), put together from its stored rest and the call. Throws
 * AnswerAltered when its SHA-256 is not the call's.
 */
export function answerOf(entry: CallEntry, stored: unknown): unknown {
  const whole = entry.changing === undefined ? stored : { ...(stored as object), ...entry.changing };
  if (sha256OfJson(whole) !== entry.sha256) throw new AnswerAltered(entry);
  return whole;
}
