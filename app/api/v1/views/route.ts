import { serve } from "@/app/api/v1/operation";
import * as operations from "@/app/api/v1/operations";
import { listViews, saveView } from "@/lib/views/saved-views";

export const GET = serve(operations.listViews, async ({ ctx, query }) => {
  const { rows, nextCursor } = await listViews(ctx, query);
  return { data: rows, nextCursor };
});

// A token is nobody who could have a view of their own.
export const POST = serve(operations.createView, ({ ctx, body }) => saveView(ctx, { ...body, shared: true }));
