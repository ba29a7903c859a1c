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
  rate_limited: 429,
  foreign_origin: 403,
  unavailable: 503,
} as const;

export type AppErrorCode = keyof typeof httpStatusByCode;

/** The HTTP status an error with this code is answered with. */
export function toHttpStatus(code: AppErrorCode): number {
  return httpStatusByCode[code];
}

/**
 * An error whose text may be shown. `detail` says what happened, what still works and what to do;
 * `fields` names the inputs it is about. Anything that is not an AppError is logged and shown to no one.
 */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly fields: Readonly<Record<string, string>>;
  /** Seconds, for rate_limited and unavailable. */
  readonly retryAfter: number | undefined;
  /** The present state, for version_conflict. */
  readonly current: Readonly<Record<string, string | number>> | undefined;

  constructor(
    code: AppErrorCode,
    detail: string,
    options: {
      fields?: Record<string, string>;
      retryAfter?: number;
      current?: Record<string, string | number>;
      cause?: unknown;
    } = {},
  ) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.fields = options.fields ?? {};
    this.retryAfter = options.retryAfter;
    this.current = options.current;
  }

  get status(): number {
    return httpStatusByCode[this.code];
  }
}

/** The one answer for an object that does not exist or that the caller may not see. */
export function notFound(): AppError {
  return new AppError("not_found", "Not found, or you do not have access.");
}
