import { deflateRawSync, inflateRawSync } from "node:zlib";

/** First byte of a packed text: what follows is UTF-8, or UTF-8 deflated (RFC 1951). */
const plain = 0;
const deflated = 1;

/** A JSON text as history stores it: a fifth of its size, because most of a scan's JSON repeats itself. */
export function packJson(text: string): Uint8Array<ArrayBuffer> {
  const body = deflateRawSync(text);
  const packed = new Uint8Array(body.length + 1);
  packed[0] = deflated;
  packed.set(body, 1);
  return packed;
}

/** The value of a packed text. Throws for a form that this version does not know. */
export function unpackJson(packed: Uint8Array): unknown {
  const body = packed.subarray(1);
  if (packed[0] === deflated) return JSON.parse(inflateRawSync(body).toString("utf8"));
  if (packed[0] === plain) return JSON.parse(Buffer.from(body).toString("utf8"));
  throw new Error(`Packed JSON begins with ${packed[0]}, a form that this version does not know.`);
}
