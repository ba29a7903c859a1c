import { Prisma } from "./generated/client";

const brokenReference = "23503";

/** Whether a row could not be deleted or written because of a foreign key: by the client, or by SQL. */
export function isStillReferenced(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  if (error.code === "P2003") return true;
  if (error.code !== "P2010") return false;
  const { driverAdapterError } = (error.meta ?? {}) as { driverAdapterError?: { cause?: unknown } };
  const { originalCode, kind } = (driverAdapterError?.cause ?? {}) as {
    originalCode?: unknown;
    kind?: unknown;
  };
  return originalCode === brokenReference || kind === "ForeignKeyConstraintViolation";
}
