import { Keys } from "@/components/keys/keys";
import { ActionButton } from "@/components/ui/form/action-button";
import type { FindingView } from "@/lib/findings/finding-view";
import type { FormAction } from "@/lib/input/form-view";
import type { VerificationView } from "@/lib/verification/verification-view";
import { reasonTrees, regionsText } from "./reason-tree";

/** What a person who may claim can have done about the proof of a finding. */
export interface VerifyActionsOf {
  readonly verify: FormAction;
  readonly retry: FormAction;
}

/** Has it proven, tried again or proven once more. Nothing while a verification goes on: there is nothing to do. */
export function VerifyActions({
  finding,
  verification,
  actions: { verify, retry },
}: {
  readonly finding: FindingView;
  readonly verification: VerificationView | null;
  readonly actions: VerifyActionsOf;
}) {
  const { status, key, id, triage, accountStatus } = finding;
  if (accountStatus === "disconnected" || verification?.status === "running") return null;
  const values = { key: key ?? id, version: String(triage.version) };
  if (status === "awaiting_verification") {
    if (verification?.status === "inconclusive" && verification.finishedAt === null) {
      const regions = reasonTrees(verification).flatMap((tree) => tree.regions);
      return (
        <ActionButton
          action={retry}
          values={{ id: verification.id }}
          variant="primary"
          command="claim"
          pendingText="Retrying…"
        >
          {regions.length === 0 ? "Try again" : `Retry ${regionsText(regions)}`}
          <Keys of="v" />
        </ActionButton>
      );
    }
    return (
      <ActionButton action={verify} values={values} variant="primary" command="claim" pendingText="Starting…">
        Verify now
        <Keys of="v" />
      </ActionButton>
    );
  }
  return status === "resolved" ? (
    <ActionButton action={verify} values={values} command="claim" pendingText="Starting…">
      Prove again
      <Keys of="v" />
    </ActionButton>
  ) : null;
}
