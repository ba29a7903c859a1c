import { serve } from "@/app/api/v1/operation";
import * as operations from "@/app/api/v1/operations";
import { scanFinding } from "@/lib/scans/scan-finding";

export const POST = serve(operations.scanFinding, ({ ctx, params }) =>
  scanFinding(ctx, { key: params.key, trigger: "api" }),
);
