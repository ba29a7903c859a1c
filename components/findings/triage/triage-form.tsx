import type { FindingView } from "@/lib/findings/finding-view";
import type { FormAction, FormHints } from "@/lib/input/form-view";
import { AssignForm, ClaimForm, DueForm, PutBackForm, TicketForm } from "./triage-forms";

/** What the forms of a finding send to, and whom it can be assigned to. */
export interface TriageFormsOf {
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly assign: FormAction;
  readonly setDue: FormAction;
  readonly setTicket: FormAction;
  readonly move: FormAction;
  readonly hints: Readonly<Record<"due" | "ticket" | "move", FormHints>>;
  /** The trails that a claim may name. */
  readonly trails: readonly string[];
  /** A claim has to say what keeps it from coming back. */
  readonly needsGuardrail: boolean;
}

/** One form of a finding by its name, as the dialogs of TriageActions and OwnerFacts ask for it. */
export function TriageForm({
  form,
  finding,
  forms,
}: {
  readonly form: string;
  readonly finding: FindingView;
  readonly forms: TriageFormsOf;
}) {
  const { triage } = finding;
  const key = finding.key ?? finding.id;
  const values = { key, version: String(triage.version) };
  const chosen = triage.owner?.id ?? triage.suggestedOwner?.person.id ?? "";
  switch (form) {
    case "assign":
      return (
        <AssignForm
          action={forms.assign}
          values={values}
          people={forms.people}
          chosen={chosen}
          reason={triage.owner ? null : (triage.suggestedOwner?.reason ?? null)}
        />
      );
    case "start":
      return (
        <AssignForm
          action={forms.move}
          values={{ ...values, to: "in_progress" }}
          people={forms.people}
          chosen={chosen}
          reason={triage.suggestedOwner?.reason ?? null}
          isRequired
        />
      );
    case "due":
      return <DueForm action={forms.setDue} hints={forms.hints.due} values={values} day={triage.dueDay} />;
    case "ticket":
      return (
        <TicketForm
          action={forms.setTicket}
          hints={forms.hints.ticket}
          values={values}
          ticketUrl={triage.ticketUrl}
        />
      );
    case "claim":
      return (
        <ClaimForm
          action={forms.move}
          hints={forms.hints.move}
          values={{ ...values, to: "awaiting_verification" }}
          trails={forms.trails}
          needsGuardrail={forms.needsGuardrail}
        />
      );
    case "put-back":
      return <PutBackForm action={forms.move} hints={forms.hints.move} values={{ ...values, to: "open" }} />;
    default:
      return <p className="text-ink-2">The finding has changed. Load the page again.</p>;
  }
}
