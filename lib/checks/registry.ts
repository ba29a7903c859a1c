import type { CheckDefinition } from "./check";
import { check as cloudtrailLogValidationDisabled } from "./cloudtrail/log-validation-disabled/check";
import { check as cloudtrailNotMultiRegion } from "./cloudtrail/not-multi-region/check";
import { check as iamRootMfaDisabled } from "./iam/root-mfa-disabled/check";

/** Every check of the product. A check is a folder and one line here. */
export const checks: readonly CheckDefinition[] = [
  cloudtrailNotMultiRegion,
  cloudtrailLogValidationDisabled,
  iamRootMfaDisabled,
];

/** The check of that id, or undefined. */
export function findCheck(id: string): CheckDefinition | undefined {
  return checks.find((check) => check.id === id);
}

/** Sorts what belongs to checks as the registry lists them; ids it does not know come last. */
export function byRegistry(a: { readonly checkId: string }, b: { readonly checkId: string }): number {
  return placeOf(a.checkId) - placeOf(b.checkId);
}

function placeOf(id: string): number {
  const place = checks.findIndex((check) => check.id === id);
  return place === -1 ? checks.length : place;
}
