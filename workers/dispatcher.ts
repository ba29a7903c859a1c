import { type Admission, admitDue, type WorkRef } from "@/lib/db/system/work-queue";
import { LineBudget } from "@/lib/line-budget";
import { logger } from "@/lib/logger";
import type { HintQueue } from "@/lib/work-items/backend";
import { jobIdOf, payloadOf } from "@/lib/work-items/hint";

/** A queue that does not answer must not hold up the loop, in milliseconds. */
const patienceMs = 5_000;

/** Admits what is due and puts its hints on the queue. */
export async function dispatchDue(queue: HintQueue, admission: Admission): Promise<number> {
  const items = await admitDue(admission);
  await giveHints(queue, items);
  return items.length;
}

/** A queue that refuses for this long does not come back by itself, in milliseconds. */
const seriousAfterMs = 60_000;

/** How a hint is logged that was refused when all have been for so many milliseconds. */
export function refusalLevel(refusedForMs: number): "warn" | "error" {
  return refusedForMs > seriousAfterMs ? "error" : "warn";
}

/** When hints began to be refused; null while the last one was taken. */
let refusedSince: number | null = null;

const budget = new LineBudget(3, 60_000, (level, left) =>
  logger[level as "warn" | "error"]({ left }, "more hints were refused and will be given again"),
);

/**
 * Puts hints on the queue. One that fails is not lost: the item is marked as hinted, nobody takes it, and the
 * reconciler gives the hint again. A queue that takes none for a minute is an error.
 */
export async function giveHints(queue: HintQueue, items: readonly WorkRef[]): Promise<void> {
  await Promise.all(
    items.map(async (item) => {
      try {
        await withinPatience(queue.add(payloadOf(item), jobIdOf(item)));
        refusedSince = null;
      } catch (error) {
        refusedSince ??= Date.now();
        const level = refusalLevel(Date.now() - refusedSince);
        if (!budget.mayWrite(level)) return;
        logger[level](
          { error, workId: item.workId, kind: item.kind, tenantId: item.tenantId },
          level === "error"
            ? "the queue has taken no hint for more than a minute"
            : "the hint will be given again",
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
