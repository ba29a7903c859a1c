import type { ReadOutcome } from "@/lib/checks/facts/reading";

/** One AWS call of a scan, as stored and shown. It never holds a credential. */
export interface RecordedCall {
  /** When the call was begun by the clock of this process, ISO 8601 with milliseconds. */
  readonly at: string;
  /** The `Date` of AWS's answer, be it a value or an error, to the second; absent when no answer came. */
  readonly answeredAt?: string;
  /** IAM action, e.g. `cloudtrail:GetTrailStatus`. */
  readonly api: string;
  readonly region: string;
  /** ARN the call was about, when it was about one. */
  readonly target?: string;
  readonly outcome: ReadOutcome;
  readonly errorCode?: string;
  readonly message?: string;
  readonly requestId?: string;
  readonly durationMs: number;
  /** Requests sent for this call, repeats included; 0 when time ran out before it could be sent. */
  readonly attempts: number;
  /** The answer without credentials; absent when there was none. */
  readonly response?: unknown;
}

export type OnCall = (call: RecordedCall) => void;
