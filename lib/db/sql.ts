import { Prisma } from "./generated/client";

/** A piece of SQL with its parameters, for queries whose conditions depend on what is asked. */
export type Sql = Prisma.Sql;

/** Writes a piece of SQL; every `${value}` becomes a parameter, or is a piece itself. */
export const sql = Prisma.sql;

/**
 * The time of business, read once for a statement. A bare `business_now()` in a condition or a column reads the clock's
 * table again for each row: more than everything else that is done with it.
 */
export const businessNow: Sql = sql`(SELECT business_now())`;

/** Pieces with commas between them, as in SET. There is at least one. */
export function listOf(pieces: readonly Sql[]): Sql {
  return Prisma.join([...pieces], ", ");
}

/** All of the conditions, and `true` without any. */
export function allOf(conditions: readonly (Sql | null)[]): Sql {
  const present = conditions.filter((condition) => condition !== null);
  return present.length === 0 ? sql`true` : Prisma.join(present, " AND ");
}
