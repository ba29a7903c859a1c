export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export function asObject(value: Json | undefined): JsonObject | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

export function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

export function objects(value: Json | undefined): readonly JsonObject[] {
  return list(value).flatMap((item) => {
    const object = asObject(item);
    return object === null ? [] : [object];
  });
}

export function text(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}

/** Like `text`, but an empty string is no value: that is how the provider writes an argument that is not set. */
export function filled(value: Json | undefined): string | null {
  return text(value) || null;
}

/** One string or a list of them, as IAM policies and provider arguments allow. */
export function texts(value: Json | undefined): readonly string[] {
  if (typeof value === "string") return [value];
  return list(value).filter((item) => typeof item === "string");
}

/** Whether this value, or anything inside it, is only known after apply. */
export function hasUnknown(value: Json | undefined): boolean {
  if (value === true) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  const object = asObject(value);
  return object !== null && Object.values(object).some(hasUnknown);
}
