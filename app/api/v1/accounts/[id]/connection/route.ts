import { serve } from "@/app/api/v1/operation";
import { getConnection as getConnectionOperation } from "@/app/api/v1/operations";
import { getConnection } from "@/lib/accounts/get-connect";

export const GET = serve(getConnectionOperation, ({ ctx, params, query }) =>
  getConnection(ctx, params.id, query),
);
