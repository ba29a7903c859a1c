import { serve } from "@/app/api/v1/operation";
import * as operations from "@/app/api/v1/operations";
import { retryVerification } from "@/lib/verification/retry-verification";

export const POST = serve(operations.retryVerification, ({ ctx, params, body }) =>
  retryVerification(ctx, { id: params.id, ...body }),
);
