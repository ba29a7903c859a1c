import { z } from "zod";
import { liveReader } from "@/lib/http/live-reader";
import { liveResponse } from "@/lib/http/live-response";
import { route } from "@/lib/http/route";
import { scanProgress } from "@/lib/scans/get-scan";

/** Live progress of a scan for its page. */
export const GET = route(
  {
    auth: "session",
    permission: "organization.view",
    params: z.object({ org: z.string(), number: z.coerce.number().int().positive() }),
  },
  async ({ ctx, params, request }) =>
    liveResponse(request, await liveReader(params.org, "organization.view"), {
      key: `scan ${ctx.tenantId} ${params.number}`,
      read: () => scanProgress(ctx, params.number),
      isDone: (progress) => progress.done,
    }),
);
