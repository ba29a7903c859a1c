import { z } from "zod";
import { AppError } from "@/lib/errors";
import { parse } from "@/lib/input/parse";

/** Where a page of a list ended, as an opaque text: the sort key of its last row. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** A number that PostgreSQL has room for, as it stands in a cursor. */
export const cursorNumber = z.int().min(0).max(2_147_483_647);

/** Reads a cursor back. Throws invalid_input for anything this list did not hand out. */
export function decodeCursor<T>(cursor: string, schema: z.ZodType<T>): T {
  try {
    return parse(schema, JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch (cause) {
    const fields = { cursor: "This cursor does not belong to this list." };
    throw new AppError(
      "invalid_input",
      "The list cannot be continued from there. Start from its beginning.",
      {
        fields,
        cause,
      },
    );
  }
}

/** Rows per page: what the caller asks for, within bounds. */
export function pageSize(limit: number | undefined, fallback = 50): number {
  return Math.max(1, Math.min(200, Math.trunc(limit ?? fallback)));
}

/** Text for ILIKE that matches `text` anywhere, taken literally. */
export function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
}
