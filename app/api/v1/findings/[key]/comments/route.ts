import { serve } from "@/app/api/v1/operation";
import * as operations from "@/app/api/v1/operations";
import { listComments } from "@/lib/findings/comments/list-comments";
import { postComment } from "@/lib/findings/comments/post-comment";

export const GET = serve(operations.listComments, async ({ ctx, params, query }) => {
  const { rows, nextCursor } = await listComments(ctx, { key: params.key, ...query });
  return { data: rows, nextCursor };
});

export const POST = serve(operations.postComment, ({ ctx, params, body }) =>
  postComment(ctx, { key: params.key, ...body }),
);
