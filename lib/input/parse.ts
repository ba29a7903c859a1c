import type { z } from "zod";
import { AppError } from "@/lib/errors";
import { fieldsToCheck } from "./form-view";
import { plainWords } from "./plain-words";

/**
 * The input as the schema understands it, or `invalid_input` that names each field once, in plain words. Every use
 * case, form and endpoint reads its input through this.
 */
export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value, { error: plainWords });
  if (result.success) return result.data;
  const fields: Record<string, string> = {};
  for (const issue of result.error.issues) {
    const path = issue.path.map(String);
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys) fields[[...path, key].join(".")] ??= "This field is unknown.";
    } else {
      fields[path.join(".") || "input"] ??= issue.message;
    }
  }
  throw new AppError("invalid_input", fieldsToCheck(Object.keys(fields).length), { fields });
}
