import { z } from "zod";
import type { FieldHints, FormHints } from "./form-view";

/** What a schema cannot say about a field by its rules: how it is filled in. */
interface Filling {
  /** Kind of control. Not `type`, which JSON schema uses for the value. */
  readonly control?: NonNullable<FieldHints["type"]>;
  readonly autoComplete?: string;
  readonly inputMode?: NonNullable<FieldHints["inputMode"]>;
  readonly minLength?: number;
}

const fillings = z.registry<Filling>();

/** The schema with a hint for the browser. A copy: the same field may be filled in otherwise elsewhere. */
export function hinted<S extends z.ZodType>(schema: S, filling: Filling): S {
  const copy = schema.clone();
  fillings.add(copy, filling);
  return copy;
}

/** A schema never changes, and reading one costs more than most of a page around its form. */
const known = new WeakMap<z.ZodType, FormHints>();

/**
 * What the browser may know of the fields of a form, from the schema that the server judges them by. Small and plain,
 * so that a server component hands it to the form and no schema is sent to the browser.
 */
export function formHints(schema: z.ZodType): FormHints {
  const hints = known.get(schema) ?? readHints(schema);
  known.set(schema, hints);
  return hints;
}

function readHints(schema: z.ZodType): FormHints {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    metadata: fillings,
  });
  return Object.fromEntries(
    Object.entries(properties as Record<string, Field>).map(([name, field]) => [
      name,
      hintsOf(field, required.includes(name)),
    ]),
  );
}

interface Field extends Filling {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

function hintsOf(field: Field, required: boolean): FieldHints {
  if (field.type === "integer" || field.type === "number")
    return given({ required: required || undefined, min: field.minimum, max: field.maximum });
  // A box need not be ticked, and a choice has always been made.
  if (field.type !== "string" || field.enum !== undefined) return {};
  return given({
    required: required || undefined,
    type: field.control,
    autoComplete: field.autoComplete,
    inputMode: field.inputMode,
    minLength: field.minLength,
    // A password that is cut where it is pasted would be another password.
    maxLength: field.control === "password" ? undefined : field.maxLength,
    pattern: field.format === undefined ? field.pattern : undefined,
  });
}

function given(hints: { readonly [K in keyof FieldHints]: FieldHints[K] | undefined }): FieldHints {
  return Object.fromEntries(Object.entries(hints).filter(([, value]) => value !== undefined));
}
