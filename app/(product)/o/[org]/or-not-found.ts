import { notFound } from "next/navigation";
import { AppError } from "@/lib/errors";

/** Shows the "not found" page for an object that is unknown or forbidden; every other error goes on. */
export async function orNotFound<T>(read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof AppError && (error.code === "not_found" || error.code === "invalid_input"))
      notFound();
    throw error;
  }
}
