import { isUnderWay } from "@/lib/runs/run-states";
import { defineWords, type WordOf } from "@/lib/words";

export const scanStatuses = defineWords("scan status", [
  "queued",
  "running",
  "complete",
  "partial",
  "failed",
  "cancelled",
]);
export type ScanStatus = WordOf<typeof scanStatuses>;

export const scanTriggers = defineWords("scan trigger", [
  "schedule",
  "manual",
  "api",
  "connect",
  "retry",
  "look",
  "verification",
  "confirmation",
]);
export type ScanTrigger = WordOf<typeof scanTriggers>;

/** Whether nothing more happens to a scan of this status. */
export function isEnded(status: ScanStatus): boolean {
  return !isUnderWay(status);
}

export const scanStatusLabels: Readonly<Record<ScanStatus, string>> = {
  queued: "Queued",
  running: "Running",
  complete: "Complete",
  partial: "Partial",
  failed: "Failed",
  cancelled: "Cancelled",
};

export const scanTriggerLabels: Readonly<Record<ScanTrigger, string>> = {
  schedule: "Schedule",
  manual: "Manual",
  api: "API",
  connect: "First scan",
  retry: "Retry",
  look: "Looking again",
  verification: "Verification",
  confirmation: "Confirming",
};
