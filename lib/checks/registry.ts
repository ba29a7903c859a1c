import type { CheckDefinition } from "./check";
import { check as cloudtrailNotMultiRegion } from "./cloudtrail/not-multi-region/check";

/** Every check of the product. A check is a folder and one line here. */
export const checks: readonly CheckDefinition[] = [cloudtrailNotMultiRegion];

/** The check of that id, or undefined. */
export function findCheck(id: string): CheckDefinition | undefined {
  return checks.find((check) => check.id === id);
}
