import { serve } from "@/app/api/v1/operation";
import * as operations from "@/app/api/v1/operations";
import { getFinding } from "@/lib/findings/get-finding";
import { editFinding } from "@/lib/findings/triage/edit-finding";
import { refuseResolved } from "@/lib/findings/triage/refuse-resolved";

export const GET = serve(operations.getFinding, ({ ctx, params }) => getFinding(ctx, params.key));

export const PATCH = serve(operations.updateFinding, ({ ctx, params, body }) =>
  "status" in body ? refuseResolved(ctx, params.key) : editFinding(ctx, { key: params.key, ...body }),
);
