import type { FindingView } from "@/lib/findings/finding-view";
import type { VerificationView } from "@/lib/verification/verification-view";

type Told = Pick<FindingView, "key" | "status" | "observation" | "episode" | "episodes">;

/** Before everything else of the page, behind what repairs the finding, or behind what the last scan says of Regions. */
export type ProofPlace = "first" | "after-fix" | "after-regions";

/** Whether there can be a proof to show: asking the database costs, and most findings were never claimed. */
export function mayHaveProof(
  finding: Told & { readonly triage: { readonly failedClaims: number } },
): boolean {
  const { key, status, observation, triage } = finding;
  if (key === null || status === "none" || status === "closed_out_of_scope") return false;
  return (
    status === "awaiting_verification" ||
    status === "resolved" ||
    triage.failedClaims > 0 ||
    observation !== "failing"
  );
}

/**
 * Where the page shows a verification; null where it says nothing of the finding as it is now. What failed is
 * repaired by the fix, which therefore stays above it. A pass that nobody claimed is proven while somebody may be looking at
 * what the scan changed: that keeps its place.
 */
export function proofPlace(finding: Told, verification: VerificationView | null): ProofPlace | null {
  const { status, observation, episode, episodes } = finding;
  if (verification === null || verification.status === "cancelled") return null;
  if (status === "none" || status === "closed_out_of_scope") return null;
  if (verification.status === "running") {
    return verification.trigger === "unclaimed_pass" ? "after-regions" : "first";
  }
  if (status === "awaiting_verification") return verification.status === "inconclusive" ? "first" : null;
  if (status !== "resolved") {
    // It was proven, and has failed since.
    if (verification.status === "passed") return null;
    const current = episodes.find(({ number }) => number === episode);
    if (current && verification.startedAt < current.detectedAt) return null;
  }
  return observation === "failing" ? "after-fix" : "first";
}
