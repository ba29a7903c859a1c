import type { Severity } from "@/lib/checks/evaluation";
import { severities } from "@/lib/checks/words";

export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

/** What a tab of the list shows. A pass that is inferred is none of the passing ones. */
export const shownKinds = ["failing", "passing", "inferred", "unknown"] as const;
export type Shown = (typeof shownKinds)[number];

/** Filters of the list, as the URL holds them. Absent means all. */
export interface Filters {
  readonly q: string | undefined;
  readonly obs: Shown | undefined;
  readonly sev: Severity | undefined;
  readonly account: string | undefined;
  readonly cursor: string | undefined;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads the filters of a URL. Values it does not know are left out and named, never guessed at. */
export function readFilters(params: SearchParams): {
  readonly filters: Filters;
  readonly ignored: readonly string[];
} {
  const ignored: string[] = [];
  const one = (name: string): string | undefined => {
    const value = params[name];
    const text = (Array.isArray(value) ? value[0] : value)?.trim();
    return text ? text.slice(0, 200) : undefined;
  };
  const known = <T extends string>(name: string, isKnown: (text: string) => T | undefined): T | undefined => {
    const text = one(name);
    if (text === undefined) return undefined;
    const value = isKnown(text);
    if (value === undefined) ignored.push(`${name}=${text}`);
    return value;
  };
  return {
    filters: {
      q: one("q"),
      obs: known("obs", (text) => shownKinds.find((value) => value === text)),
      sev: known("sev", (text) => severities.values.find((value) => value === text.toUpperCase())),
      account: known("account", (text) => (uuid.test(text) ? text : undefined)),
      cursor: one("cursor"),
    },
    ignored,
  };
}

/** The list's URL with these filters; absent ones are left out. */
export function hrefWith(path: string, filters: Filters): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) {
    if (value) params.set(name, value);
  }
  const query = params.toString();
  return query ? `${path}?${query}` : path;
}
