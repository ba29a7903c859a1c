import { z } from "zod";
import type { FormValues } from "./form-view";

/** Values of a URL or a form: text by nature, a list where a name occurs more than once. */
export type TextValues = Readonly<Record<string, string | string[] | undefined>>;

type FieldSchema = {
  readonly type?: string;
  readonly anyOf?: readonly { readonly type?: string }[];
};

const known = new WeakMap<z.ZodType, Readonly<Record<string, FieldSchema>>>();

/** The fields of an object schema as JSON schema: what goes in, before the schema has changed anything. */
export function fieldSchemas(schema: z.ZodType): Readonly<Record<string, FieldSchema>> {
  const cached = known.get(schema);
  if (cached) return cached;
  const { properties = {} } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  known.set(schema, properties as Readonly<Record<string, FieldSchema>>);
  return properties as Readonly<Record<string, FieldSchema>>;
}

/**
 * The texts as the types that the schema asks for, so that one schema serves JSON, forms and URLs: digits become
 * numbers, a ticked box becomes true and one that is not sent false, an empty text becomes null where null is allowed,
 * one value of a list becomes a list. What does not fit stays text: the schema refuses it with its own words.
 */
export function typedValues(schema: z.ZodType, texts: TextValues): Record<string, unknown> {
  const values: Record<string, unknown> = { ...texts };
  for (const [name, field] of Object.entries(fieldSchemas(schema))) {
    const text = Object.hasOwn(texts, name) ? texts[name] : undefined;
    const value = typed(field, text);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function typed(field: FieldSchema, text: string | string[] | undefined): unknown {
  const types = [field.type, ...(field.anyOf ?? []).map(({ type }) => type)];
  if (types.includes("boolean")) return text === "on" ? true : (text ?? false);
  if (types.includes("array")) return typeof text === "string" ? [text] : (text ?? []);
  if (typeof text !== "string") return text;
  if (text === "" && types.includes("null")) return null;
  const isNumber = types.includes("integer") || types.includes("number");
  return isNumber && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** Query parameters as an object; a parameter given twice is a list, which strict schemas of text refuse. */
export function queryObject(params: URLSearchParams): Record<string, string | string[]> {
  return listed(params.keys(), (key) => params.getAll(key));
}

/** Form fields as an object. What the framework adds (`$ACTION_…`) is left out; files are not taken. */
export function formObject(form: FormData): Record<string, string | string[]> {
  const names = [...form.keys()].filter((key) => !key.startsWith("$"));
  return listed(names, (key) => form.getAll(key).filter((value) => typeof value === "string"));
}

/** What was typed and a form shows again. Secrets are typed again. */
export function keptValues(form: FormData): FormValues {
  return Object.fromEntries(
    Object.entries(formObject(form)).filter(([name]) => !/password|secret|token/i.test(name)),
  );
}

function listed(
  names: Iterable<string>,
  valuesOf: (name: string) => string[],
): Record<string, string | string[]> {
  const object: Record<string, string | string[]> = {};
  for (const name of new Set(names)) {
    const values = valuesOf(name);
    object[name] = values.length === 1 ? (values[0] ?? "") : values;
  }
  return object;
}
