import { serve } from "@/app/api/v1/operation";
import { getConnection } from "@/app/api/v1/operations";
import { getConnect } from "@/lib/accounts/get-connect";

export const GET = serve(getConnection, ({ ctx, params }) => getConnect(ctx, params.id));
