import { isStillReferenced } from "@/lib/db/still-referenced";
import { AppError } from "@/lib/errors";

/**
 * Runs `write`, which names a member in a row that points at the membership. A person may leave between being chosen
 * and being written; then a foreign key refuses the row, and this says so. `field` is where they were chosen.
 */
export async function unlessLeftMeanwhile<T>(field: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (!isStillReferenced(cause)) throw cause;
    const text = "This person has just left the organization. Choose somebody else.";
    throw new AppError("invalid_input", text, { fields: { [field]: text }, cause });
  }
}
