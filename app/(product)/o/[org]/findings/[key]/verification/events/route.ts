import { z } from "zod";
import { liveReader } from "@/lib/http/live-reader";
import { liveResponse } from "@/lib/http/live-response";
import { route } from "@/lib/http/route";
import { verificationOfFinding } from "@/lib/verification/get-verification";
import type { VerificationView } from "@/lib/verification/verification-view";

/** A verification takes up to an hour: whoever watches it need not hear of a Region within half a second. */
const readEveryMs = 2_000;

/** Live state of the verification of a finding for its page. */
export const GET = route(
  {
    auth: "session",
    permission: "organization.view",
    params: z.object({ org: z.string(), key: z.string().max(100) }),
  },
  async ({ ctx, params, request }) => {
    let last: { readonly at: number; readonly state: VerificationView | null } | null = null;
    return liveResponse(request, await liveReader(params.org, "organization.view"), {
      key: `verification ${ctx.tenantId} ${params.key}`,
      read: async () => {
        if (last === null || Date.now() - last.at >= readEveryMs) {
          last = { at: Date.now(), state: await verificationOfFinding(ctx, params.key) };
        }
        return last.state;
      },
      isDone: (state) => state?.status !== "running",
    });
  },
);
