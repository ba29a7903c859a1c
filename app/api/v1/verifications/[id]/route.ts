import { serve } from "@/app/api/v1/operation";
import * as operations from "@/app/api/v1/operations";
import { getVerification } from "@/lib/verification/get-verification";

export const GET = serve(operations.getVerification, ({ ctx, params }) => getVerification(ctx, params));
