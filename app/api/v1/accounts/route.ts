import { serve } from "@/app/api/v1/operation";
import { createAccount, listAccounts as listAccountsOperation } from "@/app/api/v1/operations";
import { listAccountsById } from "@/lib/accounts/list-accounts";
import { createConnection } from "@/lib/accounts/start-connection";

export const GET = serve(listAccountsOperation, async ({ ctx, query }) => {
  const { rows, nextCursor } = await listAccountsById(ctx, query);
  return { data: rows, nextCursor };
});

export const POST = serve(createAccount, ({ ctx, body }) => createConnection(ctx, body));
