import { serve } from "@/app/api/v1/operation";
import * as operations from "@/app/api/v1/operations";
import { deleteDraft } from "@/lib/accounts/delete-draft";
import { disconnectAccount } from "@/lib/accounts/disconnect-account";
import { updateAccount } from "@/lib/accounts/edit-account";
import { getAccount } from "@/lib/accounts/list-accounts";
import { setSchedule } from "@/lib/scans/schedule";

export const GET = serve(operations.getAccount, ({ ctx, params }) => getAccount(ctx, params.id));

export const PATCH = serve(operations.updateAccount, async ({ ctx, params: { id }, body }) => {
  const { everyMinutes, ...changes } = body;
  if (Object.keys(changes).length > 0) await updateAccount(ctx, { id, ...changes });
  if (everyMinutes !== undefined) await setSchedule(ctx, { id, everyMinutes });
  return getAccount(ctx, id);
});

export const DELETE = serve(operations.disconnectAccount, async ({ ctx, params: { id } }) => {
  // Typing the name is for people who click; a DELETE of one id is deliberate.
  const { name, status } = await getAccount(ctx, id);
  if (status === "draft") await deleteDraft(ctx, { id });
  else await disconnectAccount(ctx, { id, confirmName: name });
});
