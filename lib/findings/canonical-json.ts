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

/** The same for a value that is an object: what a JSON column wants. */
export function toJsonObject(value: object): JsonObject {
  return toJson(value) as JsonObject;
}

/** JSON with members sorted by UTF-16 code unit and no white space (RFC 8785): equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return write(toJson(value));
}

/** SHA-256 of the canonical JSON, in hexadecimal. */
export function sha256OfJson(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}

function write(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(write).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const object = value as JsonObject;
  const members = Object.keys(object)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${write(object[key] ?? null)}`);
  return `{${members.join(",")}}`;
}
