import { commandProps } from "@/components/keys/commands";
import { Keys } from "@/components/keys/keys";
import { Button } from "@/components/ui/button";
import { ActionButton } from "@/components/ui/form/action-button";
import { PartDialog } from "@/components/ui/part-dialog";
import type { FindingView } from "@/lib/findings/finding-view";
import type { FormAction } from "@/lib/input/form-view";
import { MoreActions } from "./more-actions";

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
      {triage.mayEdit ? (
        <PartDialog
          trigger={
            <Button variant="outline" {...commandProps("assign")}>
              {triage.owner ? "Reassign" : "Assign"}
              <Keys of="a" />
            </Button>
          }
          title="Assign"
          part="triage:assign"
        />
      ) : null}
      {claim?.guards.every(({ needs }) => needs.length > 0) ? (
        <PartDialog
          trigger={
            <Button variant="outline" {...commandProps("claim")}>
              Claim fixed
              <Keys of="v" />
            </Button>
          }
          title="Claim it fixed"
          description="We read the account at once, then look for what it delivers for up to an hour. If it still fails, the claim is taken back."
          part="triage:claim"
        />
      ) : null}
      {start && status === "awaiting_verification" ? (
        <ActionButton
          action={move}
          values={{ ...values, to: "in_progress" }}
          pendingText="Withdrawing…"
          command="status"
        >
          Withdraw the claim
        </ActionButton>
      ) : start && triage.owner ? (
        <ActionButton
          action={move}
          values={{ ...values, to: "in_progress" }}
          pendingText="Starting…"
          command="status"
        >
          Start work
        </ActionButton>
      ) : start ? (
        <PartDialog
          trigger={
            <Button variant="outline" {...commandProps("status")}>
              Start work
            </Button>
          }
          title="Start work"
          description="Somebody has to own it."
          part="triage:start"
        />
      ) : null}
      {allowed("open") ? (
        <PartDialog
          trigger={
            <Button variant="outline" {...(start ? {} : commandProps("status"))}>
              Back to Open
            </Button>
          }
          title="Put it back to Open"
          part="triage:put-back"
        />
      ) : null}
      <MoreActions
        finding={values.key}
        hasTicket={triage.ticketUrl !== null}
        mayEdit={triage.mayEdit}
        watch={watch}
      />
    </>
  );
}
