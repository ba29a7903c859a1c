import { z } from "zod";
import { AppError } from "@/lib/errors";
import { exportFindings } from "@/lib/findings/export-findings";
import { withDefaultView } from "@/lib/findings/list/default-view";
import { readFindingUrl } from "@/lib/findings/list/finding-url";
import { route } from "@/lib/http/route";

/** The list as a file: with the query of its page what that shows, with `keys` those findings alone. */
export const GET = route(
  { auth: "session", permission: "organization.view", params: z.object({ org: z.string() }) },
  async ({ ctx, request }) => {
    const { keys, ...params } = Object.fromEntries(request.nextUrl.searchParams);
    const { query, ignored } = readFindingUrl(params);
    // The page says what it ignores; a file would have rows that nobody asked for.
    if (ignored.length > 0)
      throw new AppError("invalid_input", `The list has no such filter: ${ignored.join(", ")}.`);
    const filter = keys === undefined ? withDefaultView(query) : { ...query, keys: keys.split(",") };
    return new Response(await exportFindings(ctx, filter), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${ctx.slug}-findings.csv"`,
      },
    });
  },
);
