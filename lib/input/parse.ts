import type { z } from "zod";
import { AppError } from "@/lib/errors";
import { fieldsToCheck } from "./form-view";
import { plainWords } from "./plain-words";

/** The one character that PostgreSQL keeps in no text: what holds it is nobody's name, search or secret. */
const nul = "\0";

/** The places of texts with a NUL in them, wherever they stand. */
function* textsWithNul(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  if (typeof value === "string") {
    if (value.includes(nul)) yield path;
  } else if (typeof value === "object" && value !== null) {
    for (const [name, held] of Object.entries(value)) {
      if (name.includes(nul)) yield path;
      yield* textsWithNul(held, [...path, name]);
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
    for (const path of textsWithNul(value)) {
      fields[path.join(".") || "input"] ??= "The character NUL cannot be used here.";
    }
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
