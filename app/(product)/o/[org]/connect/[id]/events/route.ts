import { z } from "zod";
import { getConnect } from "@/lib/accounts/get-connect";
import { notFound } from "@/lib/errors";
import { liveResponse } from "@/lib/http/live-response";
import { route } from "@/lib/http/route";

/** Live state of the latest connection test for the connect page. */
export const GET = route(
  {
    auth: "session",
    permission: "account.connect",
    params: z.object({ org: z.string(), id: z.uuid() }),
  },
  ({ ctx, params, request }) =>
    liveResponse(
      request,
      async () => {
        const { test } = await getConnect(ctx, params.id);
        if (test === null) throw notFound();
        return test;
      },
      (test) => test.status === "passed" || test.status === "failed",
    ),
);
