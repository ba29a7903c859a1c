import { serve } from "@/app/api/v1/operation";
import * as operations from "@/app/api/v1/operations";
import { requestVerification } from "@/lib/verification/request-verification";

export const POST = serve(operations.requestVerification, ({ ctx, params, body }) =>
  requestVerification(ctx, { key: params.key, ...body }),
);
