import type { Evaluation } from "@/lib/checks/evaluation";
import type { Action, Reason } from "./reasons";

const reasons: ReadonlySet<string> = new Set<Reason>([
  "MULTI_REGION_DELIVERY_STALE",
  "MULTI_REGION_NEVER_DELIVERED",
  "MULTI_REGION_DELIVERY_FAILING",
]);

const repair: Action = "FIX_DELIVERY";

/** A trail says that it logs and its log files do not arrive: everywhere, or in some Region alone. */
export function failsSilently({ reason, remediation, regions }: Evaluation): boolean {
  return (
    reasons.has(reason) ||
    [remediation.action, remediation.orgAction].includes(repair) ||
    regions.some(({ detail }) => detail === "delivery_failing")
  );
}
