import { z } from "zod";
import { route } from "@/lib/http/route";
import { scanProgress } from "@/lib/scans/get-scan";
import { liveResponse } from "../../../live-response";

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
