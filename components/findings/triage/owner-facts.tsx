import { Fact } from "@/components/findings/finding-facts";
import { commandProps } from "@/components/keys/commands";
import { Initials } from "@/components/ui/initials";
import { PartDialog } from "@/components/ui/part-dialog";
import { Time } from "@/components/ui/time";
import type { FindingView } from "@/lib/findings/finding-view";
import { isOpen, statusLabels } from "@/lib/findings/lifecycle/states";
import type { TriageView } from "@/lib/findings/triage-view";

/** Whose a finding is, when it is due and where it stands: the first lines of its facts. */
export function OwnerFacts({ finding }: { readonly finding: FindingView }) {
  const { triage, status } = finding;
  if (status === "none") return null;
  return (
    <>
      <Fact term="Owner">
        <Owner triage={triage} />
      </Fact>
      {isOpen(status) ? (
        <Fact term="Due" id="due">
          {triage.dueAt === null || triage.dueDay === null ? (
            "No due date"
          ) : (
            <>
              {dayText(triage.dueDay)}
              <small className={triage.isOverdue ? "text-blind" : undefined}>
                {triage.isOverdue ? "Overdue, " : null}
                <Time at={triage.dueAt} />
              </small>
            </>
          )}
          {triage.mayEdit ? (
            <Change part="due" title="Change the due date" text="Change" command="due" />
          ) : null}
        </Fact>
      ) : null}
      <Fact term="Status">
        {statusLabels[status]}
        {status === "reopened" ? `, episode ${finding.episode}` : null}
        {triage.claim ? (
          <small>
            Claimed by {triage.claim.by}, <Time at={triage.claim.at} />
          </small>
        ) : null}
        {triage.failedClaims > 0 ? (
          <small>
            {triage.failedClaims === 1 ? "One claim" : `${triage.failedClaims} claims`} did not hold
          </small>
        ) : null}
      </Fact>
      {triage.ticketUrl !== null || triage.mayEdit ? (
        <Fact term="Ticket">
          {triage.ticketUrl === null ? (
            "None"
          ) : (
            <a href={triage.ticketUrl} className="link" rel="noreferrer noopener">
              {shortAddress(triage.ticketUrl)}
            </a>
          )}
          {triage.mayEdit ? (
            <Change part="ticket" title="Link a ticket" text={triage.ticketUrl ? "Change" : "Add"} />
          ) : null}
        </Fact>
      ) : null}
    </>
  );
}

function Owner({ triage: { owner, suggestedOwner } }: { readonly triage: TriageView }) {
  if (owner !== null) {
    const name = owner.name ?? "Somebody who left";
    return (
      <span className="inline-flex items-center gap-[6px]">
        <Initials name={name} />
        {name}
      </span>
    );
  }
  return (
    <>
      Unassigned
      {suggestedOwner?.person.name ? (
        <small>
          Suggested: {suggestedOwner.person.name}. {suggestedOwner.reason}.
        </small>
      ) : null}
    </>
  );
}

function Change({
  part,
  title,
  text,
  command,
}: {
  readonly part: string;
  readonly title: string;
  readonly text: string;
  readonly command?: string;
}) {
  return (
    <>
      {" "}
      <PartDialog
        trigger={
          <button
            type="button"
            className="link text-small"
            {...(command === undefined ? {} : commandProps(command))}
          >
            {text}
            <span className="sr-only">: {title}</span>
          </button>
        }
        title={title}
        part={`triage:${part}`}
      />
    </>
  );
}

const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** A day of the organization's, which is no moment of the reader's. */
function dayText(dueDay: string): string {
  return day.format(new Date(`${dueDay}T00:00:00Z`));
}

/** The end of an address says which ticket it is. */
function shortAddress(address: string): string {
  const { host, pathname } = new URL(address);
  return pathname.split("/").filter(Boolean).at(-1) ?? host;
}
