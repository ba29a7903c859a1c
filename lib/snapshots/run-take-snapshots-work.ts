import type { TenantWork } from "@/lib/work-items/work-kind";
import { takePage } from "./take-page";
import { takeSnapshotsWork } from "./take-snapshots-work";

/** After so long the item gives its slot to others and goes on later, in milliseconds. */
const turnMs = 3_000;

export const runTakeSnapshotsWork: TenantWork = {
  definition: takeSnapshotsWork,
  scope: "tenant",
  run: async ({ ctx, held, signal }) => {
    const turnEndsAt = performance.now() + turnMs;
    let [pages, snapshots] = [0, 0];
    for (;;) {
      signal.throwIfAborted();
      const page = await takePage(ctx, held, { isLast: performance.now() > turnEndsAt });
      pages += 1;
      snapshots += page.snapshots;
      if (page.ending !== null) return { pages, snapshots, ending: page.ending };
    }
  },
  released: async () => {},
  failed: async () => {},
};
