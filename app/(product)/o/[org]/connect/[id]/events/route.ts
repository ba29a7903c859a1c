import { z } from "zod";
import { getConnect } from "@/lib/accounts/get-connect";
import { notFound } from "@/lib/errors";
import { liveReader } from "@/lib/http/live-reader";
import { liveResponse } from "@/lib/http/live-response";
import { route } from "@/lib/http/route";

/** Live state of the latest connection test for the connect page. */
export const GET = route(
  {
    auth: "session",
    permission: "account.connect",
    params: z.object({ org: z.string(), id: z.uuid() }),
  },
  async ({ ctx, params, request }) =>
    liveResponse(request, await liveReader(params.org, "account.connect"), {
      key: `connection ${ctx.tenantId} ${params.id}`,
      read: async () => {
        const { test } = await getConnect(ctx, params.id);
        if (test === null) throw notFound();
        return test;
      },
      isDone: (test) => test.status === "passed" || test.status === "failed",
    }),
);
