import type { Disposition } from "@/lib/checks/evaluation";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import { isBroken } from "./coverage";
import type { Analysis } from "./decide";

/** Regions with a documented acceptance that counts now: approver, reason and an expiry still ahead. */
export function acceptedRegions(context: EvaluationContext): ReadonlySet<string> {
  const now = Date.parse(context.now);
  return new Set(
    context.acceptances
      .filter((a) => a.approvedBy.trim() !== "" && a.reason.trim() !== "" && Date.parse(a.expiresAt) > now)
      .map((a) => a.region),
  );
}

/** A FAIL is ACCEPTED when every affected Region is accepted and nothing is left in the dark. */
export function disposition(analysis: Analysis, context: EvaluationContext): Disposition {
  const broken = analysis.coverage.filter(isBroken);
  const accepted = acceptedRegions(context);
  const isAccepted =
    broken.length > 0 &&
    analysis.inventory.isRegionListRead &&
    analysis.coverage.every((region) => region.state !== "unknown") &&
    broken.every(({ region }) => accepted.has(region.name));
  return isAccepted ? "ACCEPTED" : "OPEN";
}
