import { z } from "zod";
import { type FindingSort, findingSorts } from "@/lib/findings/list-states";
import { type FindingQuery, findingQueryShape, isOrdered } from "./finding-query";

/** Parameters of a page's URL, as the framework gives them. */
export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

type Name = keyof FindingQuery;

/** Parameters of the page that are no filter: said by others, and kept out of what is ignored. */
const otherNames: ReadonlySet<string> = new Set(["cursor", "view", "peek", "from"]);

const names = Object.keys(findingQueryShape) as Name[];

/**
 * The filters, group and order of a page's URL. What is unknown is left out and named, never guessed at: `ignored` has
 * it as it was given. An empty value is none, as a form without scripts sends it.
 */
export function readFindingUrl(params: SearchParams): {
  readonly query: FindingQuery;
  readonly cursor: string | undefined;
  readonly ignored: readonly string[];
} {
  const ignored: string[] = [];
  const query: Record<string, unknown> = {};
  for (const [name, given] of Object.entries(params)) {
    const texts = (Array.isArray(given) ? given : [given ?? ""])
      .map((text) => text.trim().slice(0, 2_000))
      .filter((text) => text !== "");
    if (texts.length === 0 || otherNames.has(name)) continue;
    if (!isName(name)) {
      ignored.push(shown(name, texts.join(",")));
      continue;
    }
    const { value, left } = isList(name) ? readList(name, texts) : readOne(name, texts[0] ?? "");
    if (value !== undefined) query[name] = value;
    ignored.push(...left.map((text) => shown(name, text)));
  }
  const read = query as FindingQuery;
  const { sort, ...unsorted } = read;
  const isHeld = isOrdered(read);
  if (!isHeld) ignored.push(`sort=${sort}`);
  const cursor = params.cursor;
  return {
    query: isHeld ? read : (unsorted as FindingQuery),
    cursor: (Array.isArray(cursor) ? cursor[0] : cursor)?.slice(0, 500) || undefined,
    ignored,
  };
}

function shown(name: string, text: string): string {
  return `${name}=${text}`.slice(0, 120);
}

function isName(name: string): name is Name {
  return Object.hasOwn(findingQueryShape, name);
}

const lists: ReadonlySet<Name> = new Set(
  names.filter((name) => {
    const { type } = z.toJSONSchema(findingQueryShape[name], { io: "input" });
    return type === "array";
  }),
);

function isList(name: Name): boolean {
  return lists.has(name);
}

function readList(name: Name, texts: readonly string[]) {
  const items = [...new Set(texts.flatMap((text) => text.split(",")).map((item) => item.trim()))].filter(
    (item) => item !== "",
  );
  const isKnown = (item: string) => !item.includes("\0") && findingQueryShape[name].safeParse([item]).success;
  const known = items.filter(isKnown).slice(0, 50);
  return { value: known.length > 0 ? known : undefined, left: items.filter((item) => !known.includes(item)) };
}

function readOne(name: Name, text: string) {
  const read = text.includes("\0") ? undefined : findingQueryShape[name].safeParse(text).data;
  return read === undefined ? { value: undefined, left: [text] } : { value: read, left: [] };
}

/** The order that holds when the URL names none. */
export function defaultSort({ group }: Pick<FindingQuery, "group">): FindingSort {
  return group === "dueWeek" ? "due" : findingSorts.values[0];
}

/** Filters, group and order as a query string without `?`, the same whatever order they were set in. Defaults are left out. */
export function findingQueryText(
  query: FindingQuery,
  more: { readonly cursor?: string | undefined } = {},
): string {
  const params = new URLSearchParams();
  for (const name of names) {
    const value = query[name];
    if (value === undefined || value.length === 0) continue;
    if (name === "sort" && value === defaultSort(query)) continue;
    params.set(name, typeof value === "string" ? value : value.join(","));
  }
  if (more.cursor) params.set("cursor", more.cursor);
  return params.toString().replaceAll("%2C", ",");
}

/** The list's URL with these filters. */
export function findingsHref(
  path: string,
  query: FindingQuery,
  more: { readonly cursor?: string | undefined } = {},
): string {
  const text = findingQueryText(query, more);
  return text === "" ? path : `${path}?${text}`;
}

/** The query of a text such as `?from=` holds; what is unknown in it is left out. */
export function queryOfText(text: string): FindingQuery {
  const params = new URLSearchParams(text.slice(0, 4_000));
  return readFindingUrl(
    Object.fromEntries([...new Set(params.keys())].map((key) => [key, params.getAll(key)])),
  ).query;
}
