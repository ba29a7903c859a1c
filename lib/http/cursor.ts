import { z } from "zod";
import { AppError } from "@/lib/errors";

/** Opaque to clients: base64url of a JSON list of the sort keys of the last row. */
export function encodeCursor(keys: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(keys)).toString("base64url");
}

/** Throws `invalid_input` for anything that did not come from `encodeCursor` with the same shape. */
export function decodeCursor<S extends z.ZodType>(schema: S, cursor: string): z.output<S> {
  const broken = () =>
    new AppError("invalid_input", "This cursor is not valid. Start again without one.", {
      fields: { cursor: "Use the nextCursor of the page before, unchanged." },
    });
  if (cursor.length > 500 || !/^[\w-]+$/.test(cursor)) throw broken();
  let keys: unknown;
  try {
    keys = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    throw broken();
  }
  const result = schema.safeParse(keys);
  if (!result.success) throw broken();
  return result.data;
}

/** Paging parameters of every list: at most 200 rows a page. */
export const pageQuery = {
  cursor: z.string().max(500).optional().describe("nextCursor of the page before"),
  limit: z.coerce.number().int().min(1).max(200).default(50).describe("Rows a page"),
};
