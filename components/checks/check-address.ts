import type { CheckDefinition } from "@/lib/checks/check";
import type { FactName } from "@/lib/checks/facts/facts";

/** Path segment of a check: `cloudtrail.not_multi_region` is `cloudtrail-not-multi-region`. */
export function slugOf(check: Pick<CheckDefinition, "id">): string {
  return check.id.replaceAll(/[._]/g, "-");
}

export function checkPath(check: Pick<CheckDefinition, "id">): string {
  return `/checks/${slugOf(check)}`;
}

export function tryPath(check: Pick<CheckDefinition, "id">): string {
  return `${checkPath(check)}/try`;
}

/** Facts that a file of saved AWS answers holds. */
const savedFacts: readonly FactName[] = [
  "organization",
  "regions",
  "cloudtrail.trails",
  "cloudtrail.trail_status",
  "cloudtrail.event_selectors",
  "cloudtrail.event_data_stores",
  "cloudtrail.trail_tags",
];

/** Whether a check can be tried on saved answers: all it reads is in the file. */
export function canBeTried(check: Pick<CheckDefinition, "needs">): boolean {
  return check.needs.every((name) => savedFacts.includes(name));
}
