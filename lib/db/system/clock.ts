import { prisma } from "@/lib/db/client";

/** The business time, and how far it is ahead of the real one. */
export async function clockAhead(): Promise<{ now: Date; aheadSeconds: number }> {
  const rows = await prisma.$queryRaw<{ now: Date; ahead: number }[]>`
    SELECT business_now() AS now, ahead_seconds AS ahead FROM installation_clock`;
  const row = rows[0];
  if (!row) throw new Error("The installation has no clock: run the migrate step.");
  return { now: row.now, aheadSeconds: row.ahead };
}

/** Moves business times ahead, for demo and test. They never go back. */
export async function advanceClock(seconds: number): Promise<void> {
  await prisma.$executeRaw`UPDATE installation_clock SET ahead_seconds = ahead_seconds + ${seconds}`;
}

/**
 * Throws when business times are not the real ones, unless the installation may have moved them: an operator's
 * evidence must carry the time at which things happened.
 */
export async function assertClock(mayBeAhead: boolean): Promise<void> {
  const { aheadSeconds } = await clockAhead();
  if (aheadSeconds !== 0 && !mayBeAhead) {
    throw new Error(
      `The installation's clock is ${aheadSeconds} s ahead. Only demo and test installations may have that: set POSTURIO_DEMO=1, or start with a fresh database.`,
    );
  }
}
