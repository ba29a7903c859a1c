import { serve } from "@/app/api/v1/operation";
import * as operations from "@/app/api/v1/operations";
import { stopConnectionTest } from "@/lib/accounts/stop-connection-test";
import { testConnection } from "@/lib/accounts/test-connection";

export const POST = serve(operations.testConnection, ({ ctx, params, body }) =>
  testConnection(ctx, { accountId: params.id, roleArn: body.roleArn }),
);

export const DELETE = serve(operations.stopConnectionTest, ({ ctx, params }) =>
  stopConnectionTest(ctx, { accountId: params.id }),
);
