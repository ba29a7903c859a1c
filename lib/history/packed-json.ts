import { deflateRawSync, inflateRawSync } from "node:zlib";
import { dictionary1 } from "./dictionary-1";

/** First byte of a packed text: what follows is UTF-8, or UTF-8 deflated (RFC 1951) with a dictionary. */
const plain = 0;
const deflated1 = 1;

const dictionary = Buffer.from(dictionary1);

/**
 * A JSON text as history stores it: an eighth of its size, because most of a scan's JSON repeats itself, and what it
 * says only once is in the dictionary.
 */
export function packJson(text: string): Uint8Array<ArrayBuffer> {
  const body = deflateRawSync(text, { dictionary });
  const packed = new Uint8Array(body.length + 1);
  packed[0] = deflated1;
  packed.set(body, 1);
  return packed;
}

/** The value of a packed text. Throws for a form that this version does not know. */
export function unpackJson(packed: Uint8Array): unknown {
  const body = packed.subarray(1);
  if (packed[0] === deflated1) return JSON.parse(inflateRawSync(body, { dictionary }).toString("utf8"));
  if (packed[0] === plain) return JSON.parse(Buffer.from(body).toString("utf8"));
  throw new Error(`Packed JSON begins with ${packed[0]}, a form that this version does not know.`);
}
