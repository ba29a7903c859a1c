import { createHash } from "node:crypto";

/** What JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/**
 * A copy of `value` as JSON holds it: dates become ISO strings, undefined members are left out. Throws for what
 * JSON cannot hold (cycles, bigint).
 */
export function toJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? null)) as Json;
}

/** JSON with members sorted by UTF-16 code unit and no white space (RFC 8785): equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return write(value) ?? "null";
}

/** SHA-256 of the canonical JSON, in hexadecimal. */
export function sha256OfJson(value: unknown): string {
  return sha256OfText(canonicalJson(value));
}

/** SHA-256 of a text in UTF-8, in hexadecimal. */
export function sha256OfText(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** What JSON.stringify would write, in one pass; undefined for what it leaves out. */
function write(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => write(item) ?? "null").join(",")}]`;
  if ("toJSON" in value && typeof value.toJSON === "function") return write(value.toJSON());
  const object = value as Record<string, unknown>;
  let members = "";
  for (const key of Object.keys(object).sort()) {
    const text = write(object[key]);
    if (text === undefined) continue;
    members += `${members === "" ? "" : ","}${JSON.stringify(key)}:${text}`;
  }
  return `{${members}}`;
}
