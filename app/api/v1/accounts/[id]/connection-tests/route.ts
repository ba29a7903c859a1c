import { serve } from "@/app/api/v1/operation";
import * as operations from "@/app/api/v1/operations";
import { testConnection } from "@/lib/accounts/test-connection";

export const POST = serve(operations.testConnection, ({ ctx, params, body }) =>
  testConnection(ctx, { accountId: params.id, roleArn: body.roleArn }),
);
