import type { FindingProof } from "@/components/verification/finding-proof";
import { ProofPanel } from "@/components/verification/proof-panel";
import { mayHaveProof, proofPlace } from "@/components/verification/proof-place";
import { proofSentence } from "@/components/verification/proof-sentence";
import { VerifyActions } from "@/components/verification/verify-actions";
import { findCheck } from "@/lib/checks/registry";
import type { FindingView } from "@/lib/findings/finding-view";
import { mayAsOwner } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { verificationOfFinding } from "@/lib/verification/get-verification";
import { retryProof, verifyNow } from "./verify";

/** What the page says of the proof of a finding, and what the reader may have done about it. */
export async function proofOf(
  ctx: TenantContext,
  finding: FindingView,
  isWhole: boolean,
): Promise<FindingProof | null> {
  if (finding.key === null || !mayHaveProof(finding)) return null;
  const verification = await verificationOfFinding(ctx, finding.key);
  const place = proofPlace(finding, verification);
  const { owner, failedClaims, watchers } = finding.triage;
  const actions = mayAsOwner(ctx, "finding.claim", owner?.id ?? null)
    ? { verify: verifyNow.bind(null, ctx.slug), retry: retryProof.bind(null, ctx.slug) }
    : null;
  const root = `/o/${ctx.slug}`;
  return {
    place,
    sentence: proofSentence(finding, verification),
    actions: actions ? (
      <VerifyActions finding={finding} verification={verification} actions={actions} />
    ) : null,
    panel:
      verification === null || place === null ? null : (
        <ProofPanel
          verification={verification}
          events={`${root}/findings/${finding.key}/verification/events`}
          scansHref={`${root}/scans`}
          retry={verification.finishedAt === null ? (actions?.retry ?? null) : null}
          failedClaims={failedClaims}
          tells={owner?.name ?? (watchers.length > 0 ? "those who watch it" : "its next owner")}
          expected={regionsOf(finding)}
          isWhole={isWhole}
        />
      ),
  };
}

/** The enabled Regions of a check that judges each. */
function regionsOf({ checkId, decided }: FindingView): readonly string[] {
  if (findCheck(checkId)?.hasRegionVerdicts === false) return [];
  return (decided?.evaluation.regions ?? [])
    .filter(({ state }) => state !== "not_enabled")
    .map(({ name }) => name);
}
