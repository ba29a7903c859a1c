import { serve } from "@/app/api/v1/operation";
import * as operations from "@/app/api/v1/operations";
import { listFindings } from "@/lib/findings/list-findings";

export const GET = serve(operations.listFindings, async ({ ctx, query }) => {
  const { rows, nextCursor } = await listFindings(ctx, query);
  return { data: rows, nextCursor };
});
