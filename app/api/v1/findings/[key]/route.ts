import { serve } from "@/app/api/v1/operation";
import * as operations from "@/app/api/v1/operations";
import { getFinding } from "@/lib/findings/get-finding";
import { setFindingStatus } from "@/lib/findings/set-status";

export const GET = serve(operations.getFinding, ({ ctx, params }) => getFinding(ctx, params.key));

export const PATCH = serve(operations.updateFinding, ({ ctx, params, body }) =>
  setFindingStatus(ctx, { key: params.key, status: body.status }),
);
