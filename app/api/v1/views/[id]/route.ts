import { serve } from "@/app/api/v1/operation";
import * as operations from "@/app/api/v1/operations";
import { changeView, removeView } from "@/lib/views/saved-views";

export const PATCH = serve(operations.updateView, ({ ctx, params: { id }, body }) =>
  changeView(ctx, { id, ...body }),
);

export const DELETE = serve(operations.removeView, ({ ctx, params: { id } }) => removeView(ctx, { id }));
