import { advanceClock, clockAhead } from "@/lib/db/system/clock";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { type AdminIo, Usage } from "./admin-usage";

const units = { m: 60, h: 60 * 60, d: 24 * 60 * 60 } as const;

/** The sandbox answers within a moment; it is on this machine. */
const patienceMs = 10_000;

/**
 * Shows or moves the business clock of a demo or test installation together with its sandbox's. The sandbox goes
 * first: a product ahead of AWS would find every delivery late.
 */
export async function clock(options: { readonly advance?: string | undefined }, io: AdminIo): Promise<void> {
  if (options.advance !== undefined) {
    if (!env.POSTURIO_DEMO && env.NODE_ENV !== "test") {
      throw new AppError("conflict", "Only a demo or test installation has a clock that can be moved.");
    }
    const seconds = secondsOf(options.advance);
    if (env.POSTURIO_DEMO) await advanceSandbox(options.advance);
    await advanceClock(seconds);
  }
  const { now, aheadSeconds } = await clockAhead();
  const days = (aheadSeconds / units.d).toFixed(1);
  io.out(`Business time is ${now.toISOString()}, ${days} days ahead of the real one.`);
}

function secondsOf(text: string): number {
  const found = /^([1-9]\d{0,4})([mhd])$/.exec(text);
  if (!found) throw new Usage("--advance takes a whole number and a unit: 90m, 12h, 30d");
  return Number(found[1]) * units[found[2] as keyof typeof units];
}

async function advanceSandbox(advance: string): Promise<void> {
  const response = await fetch(new URL("/_sandbox/time", env.POSTURIO_AWS_ENDPOINT), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ advance }),
    signal: AbortSignal.timeout(patienceMs),
  });
  if (!response.ok) {
    throw new AppError(
      "unavailable",
      `The sandbox did not move its clock: it answered ${response.status}. Nothing was changed.`,
    );
  }
}
