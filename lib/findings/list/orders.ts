import { z } from "zod";
import { listOf, type Sql, sql } from "@/lib/db/sql";
import type { FindingSort } from "@/lib/findings/list-states";
import { decodeCursor, encodeCursor } from "@/lib/paging/cursor";
import type { FindingQuery } from "./finding-query";
import { defaultSort } from "./finding-url";

/** One column of an order. Columns are never null, and each list of them is the beginning or the end of an index. */
interface Key {
  /** With `f` for the finding and `a` for its account. */
  readonly column: Sql;
  /** As it stands in a cursor: exact, and the same in every time zone. */
  readonly text: Sql;
  /** A value of a cursor as the column's type. */
  readonly cast: (value: string) => Sql;
  readonly schema: z.ZodType<string>;
}

const smallint = (column: Sql): Key => ({
  column,
  text: sql`${column}::text`,
  cast: (value) => sql`${value}::text::smallint`,
  schema: z.string().regex(/^\d{1,4}$/),
});
const moment = (column: Sql): Key => ({
  column,
  text: sql`CASE WHEN isfinite(${column}) THEN to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') ELSE 'infinity' END`,
  cast: (value) => sql`${value}::text::timestamptz`,
  schema: z.union([z.iso.datetime({ precision: 6 }), z.literal("infinity")]),
});
const uuid = (column: Sql): Key => ({
  column,
  text: sql`${column}::text`,
  cast: (value) => sql`${value}::text::uuid`,
  schema: z.uuid(),
});

const urgency = smallint(sql`f.urgency`);
const since = moment(sql`f.observation_since`);
const id = uuid(sql`f.id`);
const accountName: Key = {
  column: sql`a.name_key`,
  text: sql`a.name_key`,
  cast: (value) => sql`${value}::text`,
  schema: z.string().max(400),
};
const account = uuid(sql`a.id`);

const bySort: Readonly<Record<string, readonly Key[]>> = {
  priority: [urgency, since, id],
  severity: [smallint(sql`f.place`), since, id],
  due: [moment(sql`f.due_key`), urgency, id],
  observationSince: [since, id],
  account: [accountName, account, urgency, id],
};

const byGroup: Readonly<Record<string, readonly Key[]>> = {
  cause: [smallint(sql`f.cause_rank`)],
  owner: [uuid(sql`f.owner_key`)],
  account: [accountName, account],
  // Weeks follow each other as due dates do.
  dueWeek: [],
};

/** An order of the list: what is compared, where a page begins and how its last row is remembered. */
export interface FindingOrder {
  /** Group and sort: a cursor belongs to one. */
  readonly name: string;
  /** Columns of the account are compared, so it is joined before the page is cut. */
  readonly needsAccount: boolean;
  readonly orderBy: Sql;
  /** The same the other way around. */
  readonly backwards: Sql;
  /** The row's key, as text[]. */
  readonly keyText: Sql;
  /** Rows behind (or before) the one with this key. */
  after(key: readonly string[]): Sql;
  before(key: readonly string[]): Sql;
  encode(key: readonly string[]): string;
  /** Throws invalid_input for a cursor of another list or order. */
  decode(cursor: string): readonly string[];
}

/** There are as many as groups times sorts, and a page asks for its own several times. */
const known = new Map<string, FindingOrder>();

/** The order of a query. */
export function orderOf(query: Pick<FindingQuery, "group" | "sort">): FindingOrder {
  const sort = query.sort ?? defaultSort(query);
  const name = `${query.group ?? ""}/${sort}`;
  const order = known.get(name) ?? makeOrder(name, sort, query.group);
  known.set(name, order);
  return order;
}

function makeOrder(name: string, sort: FindingSort, group: FindingQuery["group"]): FindingOrder {
  const { name: sortName, isReversed } = split(sort);
  const within = bySort[sortName] ?? [];
  // Groups stay in their order; accounts sorted by account are turned around as a whole.
  const isWhole = group === undefined || group === "dueWeek" || group === sortName;
  const first = isWhole ? [] : (byGroup[group ?? ""] ?? []);
  const rest = within.filter((key) => !first.includes(key));
  const keys = [...first, ...rest];
  const schema = z.tuple([z.literal(name), z.array(z.string().max(400)).length(keys.length)]);
  const ascending = (list: readonly Key[]) => list.map(({ column }) => sql`${column} ASC`);
  const descending = (list: readonly Key[]) => list.map(({ column }) => sql`${column} DESC`);
  const compared = (sign: Sql, key: readonly string[], part: readonly Key[], from: number) =>
    sql`(${listOf(part.map(({ column }) => column))}) ${sign} (${listOf(part.map(({ cast }, i) => cast(key[from + i] ?? "")))})`;
  const isOfAccount = (key: Key | undefined) => key === accountName || key === account;
  const other = keys.findIndex((key) => isOfAccount(key) !== isOfAccount(keys[0]));
  const ofOneTable = other === -1 ? keys : keys.slice(0, other);
  /** Rows on one side of a key; `forward` in the direction of the list. */
  const beyond = (key: readonly string[], forward: boolean): Sql => {
    const [more, less] = [sql`>`, sql`<`];
    if (first.length === 0 || !isReversed) {
      const isUp = forward !== (isReversed && first.length === 0);
      const whole = compared(isUp ? more : less, key, keys, 0);
      if (ofOneTable === keys) return whole;
      // No index holds columns of two tables: this says where to begin in the first.
      return sql`${compared(isUp ? sql`>=` : sql`<=`, key, ofOneTable, 0)} AND ${whole}`;
    }
    const [outer, orSame] = forward ? [more, sql`>=`] : [less, sql`<=`];
    return sql`${compared(orSame, key, first, 0)} AND (${compared(outer, key, first, 0)}
               OR ${compared(forward ? less : more, key, rest, first.length)})`;
  };
  return {
    name,
    needsAccount: keys.includes(account),
    orderBy: listOf([...ascending(first), ...(isReversed ? descending(rest) : ascending(rest))]),
    backwards: listOf([...descending(first), ...(isReversed ? ascending(rest) : descending(rest))]),
    keyText: sql`ARRAY[${listOf(keys.map(({ text }) => text))}]`,
    after: (key) => beyond(key, true),
    before: (key) => beyond(key, false),
    encode: (key) => encodeCursor([name, ...key]),
    decode: (cursor) => {
      const flat = z.array(z.string().max(400)).length(keys.length + 1);
      const nested = flat.transform(([given, ...key]) => [given, key]).pipe(schema);
      const checked = nested.refine(([, key]) =>
        keys.every((one, i) => one.schema.safeParse(key[i]).success),
      );
      return decodeCursor(cursor, checked)[1];
    },
  };
}

/** Whether the cursor is one of the query's own order. */
export function isCursorOf(query: Pick<FindingQuery, "group" | "sort">, cursor: string): boolean {
  try {
    orderOf(query).decode(cursor);
    return true;
  } catch {
    return false;
  }
}

function split(sort: FindingSort): { name: string; isReversed: boolean } {
  return sort.startsWith("-") ? { name: sort.slice(1), isReversed: true } : { name: sort, isReversed: false };
}
