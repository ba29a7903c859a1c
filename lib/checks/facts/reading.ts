import type { readFailureKinds, readOutcomes } from "@/lib/checks/words";
import type { WordOf } from "@/lib/words";

/**
 * A reading is the outcome of one AWS call: a value, or the reason why there is none.
 * "Could not read" is a first-class answer, so a check can never mistake it for "nothing there".
 */
export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: ReadFailure };

/**
 * Why a call gave no value. `kind` decides the advice; `code` and `message` are AWS's own words.
 *
 * - `denied`: a policy refuses the action; `refusing-policy.ts` reads in the message which.
 * - `denied_by_scp`: the policy is a service control policy (the role is fine).
 * - `token_refused`: the Region refused the session token (opt-in Region, or a token of the wrong kind).
 * - `expired`: the session ended during the scan.
 * - `arn_invalid`, `not_found`: the call named something this account may not or can no longer see.
 * - `garbage`: the answer was not the protocol's (HTML, truncated JSON).
 * - `deadline`: the scan ran out of time before this call could be made or finished.
 */
export type ReadFailureKind = WordOf<typeof readFailureKinds>;

/** How a call went, as the call log keeps it. */
export type ReadOutcome = WordOf<typeof readOutcomes>;

export interface ReadFailure {
  readonly kind: ReadFailureKind;
  /** IAM action of the call, e.g. `cloudtrail:DescribeTrails`: the permission to name to the person. */
  readonly api: string;
  readonly region: string;
  /** AWS error code as received, or our own word where AWS gave none (`TimeoutError`). */
  readonly code: string;
  readonly message: string;
  readonly requestId?: string;
  /** The ARN that was called about is of the account that called. Given for refused ARNs alone. */
  readonly isOwn?: true;
}

/** One answer per Region in which the question was asked. A Region that is absent was not asked. */
export type ByRegion<T> = Readonly<Record<string, Reading<T>>>;

export function read<T>(value: T): Reading<T> {
  return { ok: true, value };
}

export function unread<T>(failure: ReadFailure): Reading<T> {
  return { ok: false, failure };
}
