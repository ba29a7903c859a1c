import { serve } from "@/app/api/v1/operation";
import * as operations from "@/app/api/v1/operations";
import { cancelScan } from "@/lib/scans/cancel-scan";

export const POST = serve(operations.cancelScan, ({ ctx, params }) => cancelScan(ctx, params));
