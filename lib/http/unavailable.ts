import { isUnavailable } from "@/lib/db/unavailable";
import { AppError } from "@/lib/errors";

/** After so many seconds a client or a browser asks again. */
export const retryAfterSeconds = 5;

/**
 * The error as it may be told: that our database is away, overloaded or locked passes and is no fault of the request,
 * so it is answered with 503 and when to come back. Everything else stays what it is.
 */
export function tellable(error: unknown): unknown {
  if (error instanceof AppError || !isUnavailable(error)) return error;
  return new AppError(
    "unavailable",
    `Posturio cannot reach its database right now. What you sent may not have been saved. Send it again in ${retryAfterSeconds} seconds.`,
    { retryAfter: retryAfterSeconds, cause: error },
  );
}
