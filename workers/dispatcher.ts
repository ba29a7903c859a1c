import { type Admission, admitDue, type WorkRef } from "@/lib/db/system/work-queue";
import { logger } from "@/lib/logger";
import type { HintQueue } from "@/lib/work/backend";
import { jobIdOf, payloadOf } from "@/lib/work/hint";

/** A queue that does not answer must not hold up the loop, in milliseconds. */
const patienceMs = 5_000;

/** Admits what is due and puts its hints on the queue. */
export async function dispatchDue(queue: HintQueue, admission: Admission): Promise<number> {
  const items = await admitDue(admission);
  await giveHints(queue, items);
  return items.length;
}

/**
 * Puts hints on the queue. One that fails is not lost: the item is marked as hinted, nobody takes it, and the
 * reconciler gives the hint again.
 */
export async function giveHints(queue: HintQueue, items: readonly WorkRef[]): Promise<void> {
  await Promise.all(
    items.map(async (item) => {
      try {
        await withinPatience(queue.add(payloadOf(item), jobIdOf(item)));
      } catch (error) {
        logger.warn(
          { error, workId: item.workId, kind: item.kind, tenantId: item.tenantId },
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
