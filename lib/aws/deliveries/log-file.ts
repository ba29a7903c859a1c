import { createHash } from "node:crypto";
import { addAbortSignal, type Readable } from "node:stream";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { MalformedResponse } from "@/lib/aws/wire/read-failure";
import { type OwnCall, ownEventIn } from "./own-event";

/** How large a log file may be that is looked into, in bytes. CloudTrail's own are far smaller. */
export interface LogFileLimits {
  readonly objectBytes: number;
  readonly unzippedBytes: number;
}

export const logFileLimits: LogFileLimits = { objectBytes: 16 * 1024 ** 2, unzippedBytes: 64 * 1024 ** 2 };

/** What is kept of a log file: never what is in it. */
export interface LookedInto {
  readonly bytes: number;
  /** Of the object as it is stored. */
  readonly sha256: string;
  /** Id of the event of our own call; null when it is not in the file. */
  readonly eventId: string | null;
}

const unzip = promisify(gunzip);

/**
 * Reads a log file for the event of our own call. Throws MalformedResponse for a file that is too large, or is no log
 * file; whatever the connection throws otherwise.
 */
export async function lookInto(
  body: Readable,
  call: OwnCall,
  { limits, signal }: { readonly limits: LogFileLimits; readonly signal: AbortSignal },
): Promise<LookedInto> {
  const object = await bytesOf(addAbortSignal(signal, body), limits.objectBytes);
  const sha256 = createHash("sha256").update(object).digest("hex");
  const text = await unzipped(object, limits.unzippedBytes);
  return { bytes: object.length, sha256, eventId: ownEventIn(text, call) };
}

async function bytesOf(body: Readable, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop early closes the connection.
  for await (const chunk of body) {
    const part = chunk as Buffer;
    size += part.length;
    if (size > most) throw new MalformedResponse("The log file is larger than Posturio reads.");
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}

async function unzipped(object: Buffer, most: number): Promise<Buffer> {
  try {
    return await unzip(object, { maxOutputLength: most });
  } catch (error) {
    const tooLarge = (error as { code?: unknown }).code === "ERR_BUFFER_TOO_LARGE";
    throw new MalformedResponse(
      tooLarge ? "The log file is larger than Posturio reads." : "The log file is not compressed with gzip.",
    );
  }
}
