import type { ReadFailure } from "@/lib/checks/facts/reading";
import { mayLackPermission, needsGrant } from "@/lib/checks/facts/refusing-policy";
import type { Analysis } from "./decide";

/**
 * IAM actions whose refusal kept something from this evaluation, sorted: those that the caller may lack, not those that
 * another policy refuses. Assuming the role is no permission of the role.
 */
export function missingPermissions(analysis: Analysis): readonly string[] {
  return actionsOf(failuresOf(analysis).filter(mayLackPermission));
}

/** Those of them that a grant surely heals. */
export function missingGrants(analysis: Analysis): readonly string[] {
  return actionsOf(failuresOf(analysis).filter(needsGrant));
}

function actionsOf(failures: readonly ReadFailure[]): readonly string[] {
  return [...new Set(failures.map(({ api }) => api))].filter((api) => api !== "sts:AssumeRole").sort();
}

function failuresOf({ inventory, blockedBy, otherFailures }: Analysis): readonly ReadFailure[] {
  return [
    ...blockedBy,
    ...otherFailures,
    ...inventory.regions.flatMap((region) => region.failure ?? []),
    ...inventory.trails.flatMap((trail) => [
      ...trail.statusFailures,
      ...(trail.selectorFailure ? [trail.selectorFailure] : []),
    ]),
  ];
}
