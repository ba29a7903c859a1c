import { z } from "zod";
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
  ({ ctx, params, request }) =>
    liveResponse(
      request,
      () => scanProgress(ctx, params.number),
      (progress) => progress.done,
    ),
);
