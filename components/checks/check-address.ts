import type { CheckDefinition } from "@/lib/checks/check";
import { savedFacts } from "@/lib/offline/saved-answers/services";

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

/** Whether a check can be tried on saved answers: all it reads is in the file. */
export function canBeTried(check: Pick<CheckDefinition, "needs">): boolean {
  return check.needs.every((name) => savedFacts.includes(name));
}
