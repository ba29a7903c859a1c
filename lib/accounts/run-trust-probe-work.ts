import { env } from "@/lib/env";
import type { TenantWork } from "@/lib/work-items/work-kind";
import { runTrustProbe } from "./run-trust-probe";
import { trustProbeWork } from "./trust-probe-work";

export const runTrustProbeWork: TenantWork = {
  definition: trustProbeWork,
  scope: "tenant",
  run: async ({ ctx, held, subjectId, signal }) => ({
    trust: await runTrustProbe({
      ctx,
      held,
      accountId: subjectId,
      signal,
      endpoint: env.POSTURIO_AWS_ENDPOINT,
    }),
  }),
  // Nothing of it shows while it waits, and the next week asks again.
  released: async () => {},
  failed: async () => {},
};
