import { Button } from "@/components/ui/button";
import { ActionButton } from "@/components/ui/form/action-button";
import { PartDialog } from "@/components/ui/part-dialog";
import type { FindingView } from "@/lib/findings/finding-view";
import type { FormAction } from "@/lib/input/form-view";

/** What the reader may do with a finding now, as the server allows it; null where that is nothing. */
export function TriageActions({
  finding,
  move,
  watch,
}: {
  readonly finding: FindingView;
  readonly move: FormAction;
  /** Null for who may not watch; else whether the reader does, and what changes that. */
  readonly watch: { readonly isWatching: boolean; readonly change: FormAction } | null;
}) {
  const { triage, status } = finding;
  const allowed = (to: string) => triage.allowed.find((one) => one.to === to);
  const values = { key: finding.key ?? finding.id, version: String(triage.version) };
  const start = allowed("in_progress");
  const claim = allowed("awaiting_verification");
  if (!triage.mayEdit && triage.allowed.length === 0 && watch === null) return null;
  return (
    <>
      {claim?.guards.every(({ needs }) => needs.length > 0) ? (
        <PartDialog
          trigger={<Button variant="outline">Claim fixed</Button>}
          title="Claim it fixed"
          description="We scan the account at once. If it still fails, the claim is taken back."
          part="triage:claim"
        />
      ) : null}
      {start && status === "awaiting_verification" ? (
        <ActionButton action={move} values={{ ...values, to: "in_progress" }} pendingText="Withdrawing…">
          Withdraw the claim
        </ActionButton>
      ) : start && triage.owner ? (
        <ActionButton action={move} values={{ ...values, to: "in_progress" }} pendingText="Starting…">
          Start work
        </ActionButton>
      ) : start ? (
        <PartDialog
          trigger={<Button variant="outline">Start work</Button>}
          title="Start work"
          description="Somebody has to own it."
          part="triage:start"
        />
      ) : null}
      {allowed("open") ? (
        <PartDialog
          trigger={<Button variant="outline">Back to Open</Button>}
          title="Put it back to Open"
          part="triage:put-back"
        />
      ) : null}
      {watch ? (
        <ActionButton action={watch.change} values={{ key: values.key }} pendingText="Saving…">
          {watch.isWatching ? "Stop watching" : "Watch"}
        </ActionButton>
      ) : null}
    </>
  );
}
