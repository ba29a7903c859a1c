/** Every failure that a person or a client may see. One map turns them into HTTP answers and form errors. */
const httpStatusByCode = {
  invalid_input: 422,
  unauthenticated: 401,
  forbidden: 403,
  /** Unknown and forbidden objects give this same answer, so that ids cannot be guessed. */
  not_found: 404,
  conflict: 409,
  /** Someone else changed it since it was read; `current` says how it is now. */
  version_conflict: 409,
  /** Nobody sets Resolved; a verification run does. */
  verification_required: 409,
  /** One verification of a finding at a time. */
  verification_running: 409,
  /** The lifecycle has no such move from here; `allowed` says which it has. */
  transition_not_allowed: 409,
  /** The move exists, and something it demands is missing: see `guards`. */
  guard_unmet: 422,
  /** The Idempotency-Key was sent before, with another request. */
  idempotency_key_reused: 409,
  /** The first request with this Idempotency-Key has not ended. */
  idempotency_in_progress: 409,
  rate_limited: 429,
  foreign_origin: 403,
  unavailable: 503,
} as const;

export type AppErrorCode = keyof typeof httpStatusByCode;

/** Every code, in the order of the table. */
export const appErrorCodes = Object.keys(httpStatusByCode) as AppErrorCode[];

/** The HTTP status an error with this code is answered with. */
export function toHttpStatus(code: AppErrorCode): number {
  return httpStatusByCode[code];
}

/** A demand of a move that is not met. */
export interface UnmetGuard {
  readonly id: string;
  /** What is missing and what to do, for people. */
  readonly message: string;
  /** The inputs that would meet it. */
  readonly needs: readonly string[];
}

/** What the answer says beside its sentence, by code: members of the problem. */
export interface ProblemMembers {
  readonly version_conflict: { readonly current: Readonly<Record<string, string | number | null>> };
  readonly transition_not_allowed: { readonly allowed: readonly string[] };
  readonly guard_unmet: { readonly guards: readonly UnmetGuard[] };
}

interface AppErrorOptions {
  readonly fields?: Readonly<Record<string, string>>;
  readonly retryAfter?: number;
  /** 400 for a header that cannot be read, in place of the status of the code. */
  readonly status?: 400;
  readonly cause?: unknown;
}

/** A code that has members of its own is not thrown without them. */
type AppErrorArguments =
  | [code: Exclude<AppErrorCode, keyof ProblemMembers>, detail: string, options?: AppErrorOptions]
  | {
      [C in keyof ProblemMembers]: [code: C, detail: string, options: AppErrorOptions & ProblemMembers[C]];
    }[keyof ProblemMembers];

/**
 * An error whose text may be shown. `detail` says what happened, what still works and what to do;
 * `fields` names the inputs it is about. Anything that is not an AppError is logged and shown to no one.
 */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly fields: Readonly<Record<string, string>>;
  /** Seconds, for rate_limited, unavailable and idempotency_in_progress. */
  readonly retryAfter: number | undefined;
  readonly members: Partial<ProblemMembers[keyof ProblemMembers]>;
  readonly status: number;

  constructor(...[code, detail, options = {}]: AppErrorArguments) {
    const { fields = {}, retryAfter, status, cause, ...members } = options;
    super(detail, cause === undefined ? undefined : { cause });
    this.name = "AppError";
    this.code = code;
    this.fields = fields;
    this.retryAfter = retryAfter;
    this.members = members;
    this.status = status ?? httpStatusByCode[code];
  }
}

/** The one answer for an object that does not exist or that the caller may not see. */
export function notFound(): AppError {
  return new AppError("not_found", "Not found, or you do not have access.");
}
