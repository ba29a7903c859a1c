import { AppError } from "@/lib/errors";
import { sha256OfJson, sha256OfText } from "@/lib/evidence/canonical-json";

export const idempotencyKeyHeader = "idempotency-key";

/** On an answer that was given before: nothing has happened a second time. */
export const replayedHeader = "idempotency-replayed";

/** 1 to 255 visible ASCII characters. */
export const idempotencyKeyPattern = "^[!-~]{1,255}$";

/** An Idempotency-Key and what was sent with it, as they are kept: hashes alone. */
export interface KeyedRequest {
  readonly keyHash: string;
  readonly requestHash: string;
}

/**
 * The key of a request with the hash of everything that makes it this request; null for one without a key. Throws
 * invalid_input with status 400 for a header that is none.
 */
export function keyedRequest(
  headers: { get(name: string): string | null },
  request: Readonly<Record<"method" | "path" | "params" | "query" | "body", unknown>>,
): KeyedRequest | null {
  const key = headers.get(idempotencyKeyHeader);
  if (key === null) return null;
  if (!new RegExp(idempotencyKeyPattern).test(key)) {
    const text =
      "An Idempotency-Key has 1 to 255 visible ASCII characters and no spaces: a UUID is a good one.";
    throw new AppError("invalid_input", text, { status: 400, fields: { "Idempotency-Key": text } });
  }
  return { keyHash: sha256OfText(key), requestHash: sha256OfJson(request) };
}
