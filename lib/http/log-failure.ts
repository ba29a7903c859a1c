import { AppError } from "@/lib/errors";
import { logger } from "@/lib/logger";

/** Logs what a person cannot act on: unknown errors in full, refusals as one line. */
export function logFailure(error: unknown, requestId: string, where: string): void {
  if (error instanceof AppError) {
    const level = error.status >= 500 ? "warn" : "info";
    logger[level]({ requestId, where, code: error.code }, "request refused");
  } else {
    logger.error({ requestId, where, err: error }, "unexpected error");
  }
}
