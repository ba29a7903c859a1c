import { Prisma } from "./generated/client";

/** Whether a row could not be deleted or written because of a foreign key. */
export function isStillReferenced(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2003";
}
