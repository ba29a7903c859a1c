import { serve } from "@/app/api/v1/operation";
import * as operations from "@/app/api/v1/operations";
import { getScan } from "@/lib/scans/get-scan";

export const GET = serve(operations.getScan, ({ ctx, params }) => getScan(ctx, params.number));
