import { serve } from "@/app/api/v1/operation";
import * as operations from "@/app/api/v1/operations";
import { listEvents } from "@/lib/findings/timeline/list-events";

export const GET = serve(operations.listEvents, async ({ ctx, params, query }) => {
  const { rows, nextCursor } = await listEvents(ctx, { key: params.key, ...query });
  return { data: rows, nextCursor };
});
