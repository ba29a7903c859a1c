import type { ReadFailure } from "@/lib/checks/facts/reading";
import type { Analysis } from "./decide";

/** IAM actions whose refusal kept something from this evaluation, sorted. Assuming the role is no permission of the role. */
export function missingPermissions(analysis: Analysis): readonly string[] {
  const denied = failuresOf(analysis).filter((f) => f.kind === "denied" || f.kind === "denied_by_scp");
  return [...new Set(denied.map((failure) => failure.api))].filter((api) => api !== "sts:AssumeRole").sort();
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
