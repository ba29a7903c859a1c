import type { z } from "zod";
import { AppError } from "@/lib/errors";

/** Parses or throws `invalid_input` that names each field once, in plain words. */
export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields: Record<string, string> = {};
  for (const issue of result.error.issues) {
    const path = issue.path.map(String).join(".");
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys) fields[path === "" ? key : `${path}.${key}`] ??= "This field is unknown.";
    } else {
      fields[path] ??= issue.message;
    }
  }
  const count = Object.keys(fields).length;
  throw new AppError(
    "invalid_input",
    count === 1 ? "Check the highlighted field." : `Check the ${count} highlighted fields.`,
    {
      fields,
    },
  );
}

/** Query parameters as an object; a parameter given twice is a list, which strict schemas of text refuse. */
export function queryObject(params: URLSearchParams): Record<string, string | string[]> {
  const object: Record<string, string | string[]> = {};
  for (const key of new Set(params.keys())) {
    const values = params.getAll(key);
    object[key] = values.length === 1 ? (values[0] ?? "") : values;
  }
  return object;
}

/** Form fields as an object. What the framework adds (`$ACTION_…`) is left out; files are not taken. */
export function formObject(form: FormData): Record<string, string | string[]> {
  const object: Record<string, string | string[]> = {};
  for (const key of new Set(form.keys())) {
    if (key.startsWith("$")) continue;
    const values = form.getAll(key).filter((value) => typeof value === "string");
    object[key] = values.length === 1 ? (values[0] ?? "") : values;
  }
  return object;
}
