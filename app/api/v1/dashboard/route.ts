import { serve } from "@/app/api/v1/operation";
import * as operations from "@/app/api/v1/operations";
import { readDashboard } from "@/lib/dashboard/read-dashboard";

export const GET = serve(operations.getDashboard, ({ ctx }) => readDashboard(ctx));
