import { serve } from "@/app/api/v1/operation";
import * as operations from "@/app/api/v1/operations";
import { listScans } from "@/lib/scans/list-scans";
import { requestScan } from "@/lib/scans/request-scan";

export const GET = serve(operations.listScans, async ({ ctx, query }) => {
  const { rows, nextCursor } = await listScans(ctx, query);
  return { data: rows, nextCursor };
});

export const POST = serve(operations.requestScan, ({ ctx, body }) =>
  requestScan(ctx, { accountId: body.accountId, trigger: "api" }),
);
