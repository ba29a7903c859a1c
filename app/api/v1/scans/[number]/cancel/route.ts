import { serve } from "@/app/api/v1/operation";
import * as operations from "@/app/api/v1/operations";
import { cancelScan } from "@/lib/scans/cancel-scan";
import { getScan } from "@/lib/scans/get-scan";

export const POST = serve(operations.cancelScan, async ({ ctx, params: { number } }) => {
  await cancelScan(ctx, { number });
  return getScan(ctx, number);
});
