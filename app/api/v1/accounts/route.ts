import { z } from "zod";
import { serve } from "@/app/api/v1/operation";
import { createAccount, listAccounts as listAccountsOperation } from "@/app/api/v1/operations";
import { getConnect } from "@/lib/accounts/get-connect";
import { listAccounts } from "@/lib/accounts/list-accounts";
import { startConnection } from "@/lib/accounts/start-connection";
import { decodeCursor, encodeCursor } from "@/lib/paging/cursor";

export const GET = serve(listAccountsOperation, async ({ ctx, query: { cursor, limit } }) => {
  // An organization has hundreds of accounts at most: they are read at once and cut here.
  const rows = [...(await listAccounts(ctx))].sort((a, b) => (a.id < b.id ? -1 : 1));
  const after = cursor === undefined ? null : decodeCursor(cursor, z.tuple([z.uuid()]))[0];
  const rest = after === null ? rows : rows.filter((row) => row.id > after);
  const data = rest.slice(0, limit);
  const last = data.at(-1);
  return { data, nextCursor: rest.length > limit && last !== undefined ? encodeCursor([last.id]) : null };
});

export const POST = serve(createAccount, async ({ ctx, body }) => {
  const { id } = await startConnection(ctx, body);
  return getConnect(ctx, id);
});
