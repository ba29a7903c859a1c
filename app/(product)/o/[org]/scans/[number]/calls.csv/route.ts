import { z } from "zod";
import { route } from "@/lib/http/route";
import { callLogCsv } from "@/lib/scans/call-log-csv";
import { getScan } from "@/lib/scans/get-scan";
import { scanNumber } from "@/lib/scans/scan-input";

/** Every call of a scan, to hand over or to look through elsewhere. */
export const GET = route(
  {
    auth: "session",
    permission: "organization.view",
    params: z.object({ org: z.string(), number: scanNumber }),
  },
  async ({ ctx, params }) => {
    const { calls } = await getScan(ctx, params.number);
    return new Response(callLogCsv(calls), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${ctx.slug}-scan-${params.number}-calls.csv"`,
      },
    });
  },
);
