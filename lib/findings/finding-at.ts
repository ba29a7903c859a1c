import { z } from "zod";
import { type Sql, sql } from "@/lib/db/sql";
import { findingNumber } from "./finding-key";

/** The condition on `findings f` for a key (`PST-142`) or, while it has none, an id; null when the text is neither. */
export function findingAt(key: string): Sql | null {
  const number = findingNumber(key);
  if (number !== null) return sql`f.number = ${number}`;
  return z.uuid().safeParse(key).success ? sql`f.id = ${key}::uuid` : null;
}
