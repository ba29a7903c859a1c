import type { z } from "zod";
import { AppError } from "@/lib/errors";
import { fieldsToCheck } from "./form-view";
import { plainWords } from "./plain-words";

/** Half of a character, which JSON can spell and no text in UTF-8 can hold: PostgreSQL refuses JSON with it. */
const half = /\p{Cs}/u;

/** Why PostgreSQL keeps no such text: it is nobody's name, search or secret. */
function notKept(text: string): string | null {
  if (text.includes("\0")) return "The character NUL cannot be used here.";
  return half.test(text) ? "This contains half of a character. Type the text again." : null;
}

/** The places of texts that cannot be kept, wherever they stand, each with why. */
function* textsNotKept(
  value: unknown,
  path: readonly string[] = [],
): Generator<readonly [path: readonly string[], why: string]> {
  if (typeof value === "string") {
    const why = notKept(value);
    if (why !== null) yield [path, why];
  } else if (typeof value === "object" && value !== null) {
    for (const [name, held] of Object.entries(value)) {
      const why = notKept(name);
      if (why !== null) yield [path, why];
      yield* textsNotKept(held, [...path, name]);
    }
  }
}

/**
 * The input as the schema understands it, or `invalid_input` that names each field once, in plain words. Every use
 * case, form and endpoint reads its input through this.
 */
export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value, { error: plainWords });
  const fields: Record<string, string> = {};
  if (result.success) {
    // Only now: what the schema let through is small and shallow.
    for (const [path, why] of textsNotKept(value)) fields[path.join(".") || "input"] ??= why;
    if (Object.keys(fields).length === 0) return result.data;
    throw refusal(fields);
  }
  for (const issue of result.error.issues) {
    const path = issue.path.map(String);
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys) fields[[...path, key].join(".")] ??= "This field is unknown.";
    } else {
      fields[path.join(".") || "input"] ??= issue.message;
    }
  }
  throw refusal(fields);
}

function refusal(fields: Record<string, string>): AppError {
  return new AppError("invalid_input", fieldsToCheck(Object.keys(fields).length), { fields });
}
