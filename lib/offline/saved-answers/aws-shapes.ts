import { matches, type PatternName, RefusedValue } from "@/lib/checks/facts/patterns";

/** Thrown when an answer is not what the AWS CLI prints for that call; the message says what was expected. */
export class UnexpectedShape extends Error {}

export type Members = Readonly<Record<string, unknown>>;

export function members(value: unknown, name: string): Members {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Members;
  throw new UnexpectedShape(`${name} is expected to be an object`);
}

export function items(value: unknown, name: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new UnexpectedShape(`${name} is expected to be a list`);
}

export function text(value: unknown, name: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw new UnexpectedShape(`${name} is expected to be a text`);
}

/** Text that AWS would write there; the message of the error does not repeat what is there instead. */
export function textOf(pattern: PatternName): (value: unknown, name: string) => string {
  return (value, name) => {
    const found = text(value, name);
    if (matches(pattern, found)) return found;
    throw new UnexpectedShape(new RefusedValue(name, pattern).message.replace(/\.$/, ""));
  };
}

export function flag(value: unknown, name: string): boolean {
  if (typeof value === "boolean") return value;
  throw new UnexpectedShape(`${name} is expected to be true or false`);
}

/** Adds a member only when AWS gave it: an absent one stays absent. */
export function given<K extends string, T>(
  key: K,
  value: unknown,
  parse: (value: unknown, name: string) => T,
  name: string,
): { readonly [P in K]?: T } {
  if (value === undefined || value === null || value === "") return {};
  return { [key]: parse(value, name) } as { [P in K]: T };
}

/** AWS CLI 2 prints ISO 8601, version 1 seconds since 1970. */
export function time(value: unknown, name: string): string {
  const date = typeof value === "number" ? new Date(value * 1000) : new Date(text(value, name));
  if (Number.isNaN(date.getTime())) throw new UnexpectedShape(`${name} is expected to be a time`);
  return date.toISOString();
}

export function textsOf(pattern: PatternName): (value: unknown, name: string) => readonly string[] {
  return (value, name) => items(value, name).map((item) => textOf(pattern)(item, name));
}
