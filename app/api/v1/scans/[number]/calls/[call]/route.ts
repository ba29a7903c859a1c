import { serve } from "@/app/api/v1/operation";
import * as operations from "@/app/api/v1/operations";
import { getScanCall } from "@/lib/scans/get-scan";

export const GET = serve(operations.getScanCall, ({ ctx, params }) =>
  getScanCall(ctx, params.number, params.call),
);
