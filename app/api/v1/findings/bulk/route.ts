import { serve } from "@/app/api/v1/operation";
import { bulkChangeFindings } from "@/app/api/v1/operations";
import { changeFindings } from "@/lib/scans/bulk/change-findings";

export const POST = serve(bulkChangeFindings, ({ ctx, body }, step) =>
  changeFindings(ctx, body, { trigger: "api", step }),
);
