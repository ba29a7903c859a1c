import { serve } from "@/app/api/v1/operation";
import * as operations from "@/app/api/v1/operations";
import { updateAccount } from "@/lib/accounts/edit-account";
import { getAccount } from "@/lib/accounts/list-accounts";
import { removeAccount } from "@/lib/accounts/remove-account";

export const GET = serve(operations.getAccount, ({ ctx, params }) => getAccount(ctx, params.id));

export const PATCH = serve(operations.updateAccount, ({ ctx, params: { id }, body }) =>
  updateAccount(ctx, { id, ...body }),
);

// Typing the name is for people who click; a DELETE of one id is deliberate.
export const DELETE = serve(operations.disconnectAccount, ({ ctx, params: { id } }) =>
  removeAccount(ctx, { id }),
);
