import { unavailableReason } from "@/lib/db/unavailable";
import { AppError } from "@/lib/errors";
import { LineBudget } from "@/lib/line-budget";
import { logger } from "@/lib/logger";

const linesAMinute = 60;
const budget = new LineBudget(linesAMinute, 60_000, (kind, left) =>
  logger.warn({ code: kind, left }, "more requests were refused like these"),
);

/**
 * Logs what a person cannot act on: unknown errors in full, refusals as one line, at most 60 of a code in a minute: a
 * client that is refused may come again as often as it likes, and the disk is ours.
 */
export function logFailure(error: unknown, requestId: string, where: string): void {
  if (!(error instanceof AppError)) {
    logger.error({ requestId, where, err: error }, "unexpected error");
  } else if (budget.mayWrite(error.code)) {
    const level = error.status >= 500 ? "warn" : "info";
    const reason = unavailableReason(error.cause);
    logger[level](
      { requestId, where, code: error.code, ...(reason === null ? {} : { reason }) },
      "request refused",
    );
  }
}
