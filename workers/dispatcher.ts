import { type Admission, admitDue, type Hint } from "@/lib/db/system/dispatch-queue";
import type { HintQueue } from "@/lib/jobs/backend";
import { jobIdOf, payloadOf } from "@/lib/jobs/payload";
import { logger } from "@/lib/logger";

/** A queue that does not answer must not hold up the loop, in milliseconds. */
const patienceMs = 5_000;

/** Admits what is due and puts its hints on the queue. */
export async function dispatchDue(queue: HintQueue, admission: Admission): Promise<number> {
  const hints = await admitDue(admission);
  await giveHints(queue, hints);
  return hints.length;
}

/**
 * Puts hints on the queue. One that fails is not lost: it is marked as given out, nobody takes it, and the
 * reconciler gives it out again.
 */
export async function giveHints(queue: HintQueue, hints: readonly Hint[]): Promise<void> {
  await Promise.all(
    hints.map(async (hint) => {
      try {
        await withinPatience(queue.add(hint.kind, payloadOf(hint), jobIdOf(hint)));
      } catch (error) {
        logger.warn(
          { error, tenantId: hint.tenantId, subjectId: hint.subjectId },
          "the hint will be given again",
        );
      }
    }),
  );
}

async function withinPatience(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The queue did not answer in time.")), patienceMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
