import { ActionButton } from "@/components/ui/form/action-button";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { FindingView } from "@/lib/findings/finding-view";
import type { LooksEnding } from "@/lib/findings/looks-states";
import type { LooksView } from "@/lib/findings/looks-view";
import type { FormAction } from "@/lib/input/form-view";
import { RefreshEvery } from "./refresh-every";

/** What a person who may scan can do about looking again. */
export interface LookActions {
  readonly again: FormAction;
  readonly stop: FormAction;
}

const endings: Readonly<Record<LooksEnding, string>> = {
  passing: "It passes",
  spent: "The hour is over, and it does not pass yet",
  stopped: "Someone stopped it",
  failed: "The account could not be looked at any more",
};

/** Looking again while it goes on, and how it ended. */
export function LooksNotice({
  looks,
  finding,
  actions,
}: {
  readonly looks: LooksView;
  readonly finding: FindingView;
  readonly actions: LookActions | null;
}) {
  const { done, most, everyMinutes, requestedBy, nextAt, ending, endedAt } = looks;
  if (ending !== null) {
    return ending === "passing" || endedAt === null ? null : (
      <Notice
        tone="note"
        title={
          <>
            Looking again ended <Time at={endedAt} />
          </>
        }
      >
        {endings[ending]}. It looked {done === 1 ? "once" : `${done} times`}.
      </Notice>
    );
  }
  return (
    <Notice
      tone="wait"
      title={
        <>
          Looking again every {everyMinutes} minutes: {done} of {most} looks made
          {nextAt === null ? null : (
            <>
              , the next at <Time at={nextAt} style="clock" />
            </>
          )}
        </>
      }
      action={
        actions ? (
          <ActionButton
            action={actions.stop}
            values={{ key: finding.id }}
            size="small"
            pendingText="Stopping…"
          >
            Stop looking
          </ActionButton>
        ) : null
      }
    >
      {requestedBy} asked for it. You may leave this page: it ends on its own{" "}
      {finding.observation === "passing"
        ? "when nothing is outstanding any more"
        : "as soon as the finding passes"}
      .
      <RefreshEvery seconds={30} />
    </Notice>
  );
}

/** What to wait for after the repair, and the offer to look again meanwhile. */
export function AfterChange({
  finding,
  waitFor,
  actions,
}: {
  readonly finding: FindingView;
  readonly waitFor: string;
  readonly actions: LookActions | null;
}) {
  const isLooking = finding.looks !== null && finding.looks.ending === null;
  const mayLook = finding.accountStatus !== "disconnected" && !isLooking;
  return (
    <div className="after">
      <p>
        {waitFor}
        {actions === null && mayLook
          ? " Leads and admins can have it looked at again every 5 minutes for an hour."
          : null}
      </p>
      {actions && mayLook ? (
        <ActionButton
          action={actions.again}
          values={{ key: finding.id }}
          size="small"
          pendingText="Starting…"
        >
          Look again every 5 minutes for an hour
        </ActionButton>
      ) : null}
    </div>
  );
}
