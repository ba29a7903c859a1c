import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import { AppError } from "@/lib/errors";
import { logFailure } from "./log-failure";
import { requestIdOf } from "./request-id";
import { tellable } from "./unavailable";

/** A part of a page: what was read, or the id under which its failure is logged. */
export type PagePart<T> = { readonly value: T } | { readonly failure: string };

/**
 * Reads a part of a page that may fail alone. That the database is away, that something does not exist and what the
 * framework throws to be caught are about the whole page, and thrown on.
 */
export async function pagePart<T>(name: string, read: Promise<T>): Promise<PagePart<T>> {
  try {
    return { value: await read };
  } catch (thrown) {
    unstable_rethrow(thrown);
    if (thrown instanceof AppError || tellable(thrown) !== thrown) throw thrown;
    const failure = requestIdOf(await headers());
    logFailure(thrown, failure, `part of a page: ${name}`);
    return { failure };
  }
}
