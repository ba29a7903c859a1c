/** Texts to put in place of others. */
export type Replacements = Readonly<Record<string, string>>;

/** `text` with every key in it replaced by its value, each place once, the longest key first. */
export function replaced(text: string, by: Replacements): string {
  const keys = Object.keys(by).sort((one, other) => other.length - one.length);
  if (keys.length === 0) return text;
  const pattern = new RegExp(keys.map((key) => key.replace(/[^\w]/g, "\\$&")).join("|"), "g");
  return text.replace(pattern, (key) => by[key] ?? key);
}

/** The same in every text of a value, its keys included. */
export function replacedAll<T>(value: T, by: Replacements): T {
  if (typeof value === "string") return replaced(value, by) as T;
  if (Array.isArray(value)) return value.map((item) => replacedAll(item, by)) as T;
  if (value instanceof Map) return new Map([...value].map((entry) => replacedAll(entry, by))) as T;
  if (value instanceof Set) return new Set([...value].map((item) => replacedAll(item, by))) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [replaced(key, by), replacedAll(item, by)]),
  ) as T;
}

/** Every text inside a value, in order. `skip` leaves out the values of some keys. */
export function textsIn(value: unknown, skip: ReadonlySet<string> = new Set()): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, skip));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => (skip.has(key) ? [] : textsIn(item, skip)));
}
