import { serve } from "@/app/api/v1/operation";
import * as operations from "@/app/api/v1/operations";
import { moveFinding } from "@/lib/verification/move-finding";

export const POST = serve(operations.moveFinding, ({ ctx, params, body }) =>
  moveFinding(ctx, { key: params.key, ...body }),
);
