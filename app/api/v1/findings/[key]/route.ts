import { serve } from "@/app/api/v1/operation";
import * as operations from "@/app/api/v1/operations";
import { getFinding } from "@/lib/findings/get-finding";
import { setFindingStatus } from "@/lib/findings/set-status";

export const GET = serve(operations.getFinding, ({ ctx, params }) => getFinding(ctx, params.key));

export const PATCH = serve(operations.updateFinding, async ({ ctx, params: { key }, body }) => {
  await setFindingStatus(ctx, { key, status: body.status });
  return getFinding(ctx, key);
});
