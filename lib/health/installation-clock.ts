import { clockAhead } from "@/lib/db/system/clock";
import { env } from "@/lib/env";

/** How far business times are ahead of the real ones, in seconds; always 0 outside demo installations. */
export async function businessAheadSeconds(): Promise<number> {
  return env.POSTURIO_DEMO ? (await clockAhead()).aheadSeconds : 0;
}
