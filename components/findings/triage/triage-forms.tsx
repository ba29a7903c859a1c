"use client";

import type { ReactNode } from "react";
import { ActionForm } from "@/components/ui/form/action-form";
import { Field, SelectField } from "@/components/ui/form/field";
import { SubmitButton } from "@/components/ui/form/submit-button";
import { CloseDialog } from "@/components/ui/part-dialog";
import type { FormAction, FormHints } from "@/lib/input/form-view";

interface Shared {
  readonly action: FormAction;
  readonly values: Readonly<Record<string, string>>;
}

/** A form in a dialog, which closes once it was saved. */
function DialogForm({
  action,
  values,
  hints = {},
  submit,
  children,
}: Shared & { readonly hints?: FormHints; readonly submit: string; readonly children: ReactNode }) {
  return (
    <ActionForm action={action} hints={hints} values={values} className="grid gap-4">
      {(done) => (
        <>
          {children}
          <div>
            <SubmitButton pendingText="Saving…">{submit}</SubmitButton>
          </div>
          <CloseDialog when={done !== null} />
        </>
      )}
    </ActionForm>
  );
}

export function AssignForm({
  action,
  values,
  people,
  chosen,
  reason,
  isRequired = false,
}: Shared & {
  readonly people: readonly { readonly id: string; readonly name: string }[];
  /** The owner, or who is suggested; empty for nobody. */
  readonly chosen: string;
  /** Why somebody is suggested. */
  readonly reason: string | null;
  /** Nobody is no choice. */
  readonly isRequired?: boolean;
}) {
  return (
    <DialogForm action={action} values={values} submit={isRequired ? "Start work" : "Save"}>
      <SelectField
        name="ownerId"
        label="Owner"
        defaultValue={chosen}
        {...(reason ? { hint: `Suggested: ${reason}.` } : {})}
      >
        <option value="">{isRequired ? "Choose an owner" : "Nobody"}</option>
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
    </DialogForm>
  );
}

export function DueForm({
  action,
  hints,
  values,
  day,
}: Shared & { readonly hints: FormHints; readonly day: string | null }) {
  return (
    <DialogForm action={action} hints={hints} values={values} submit="Save">
      <Field
        name="day"
        label="Due on"
        type="date"
        hint="The end of that day. Leave it empty for no due date."
        defaultValue={day ?? ""}
      />
      <Field name="dueReason" label="Why it changes" hint="It goes into the history." />
    </DialogForm>
  );
}

export function TicketForm({
  action,
  hints,
  values,
  ticketUrl,
}: Shared & { readonly hints: FormHints; readonly ticketUrl: string | null }) {
  return (
    <DialogForm action={action} hints={hints} values={values} submit="Save">
      <Field
        name="ticketUrl"
        label="Address of the ticket"
        type="url"
        placeholder="https://"
        hint="Leave it empty to remove the link."
        defaultValue={ticketUrl ?? ""}
      />
    </DialogForm>
  );
}

export function ClaimForm({
  action,
  hints,
  values,
  trails,
  needsGuardrail,
}: Shared & {
  readonly hints: FormHints;
  readonly trails: readonly string[];
  readonly needsGuardrail: boolean;
}) {
  return (
    <DialogForm action={action} hints={hints} values={values} submit="Claim fixed">
      {trails.length > 0 ? (
        <SelectField name="claimedTrailArn" label="Trail that you changed" defaultValue="">
          <option value="">Not said</option>
          {trails.map((arn) => (
            <option key={arn} value={arn}>
              {arn.slice(arn.indexOf("trail/") + 6)} in {arn.split(":")[3]}
            </option>
          ))}
        </SelectField>
      ) : null}
      <Field name="note" label="What you did (optional)" hint="It goes into the history." />
      {needsGuardrail ? (
        <>
          <Field
            name="guardrail"
            label="What keeps it from coming back"
            hint="It came back at least twice, so a claim needs a guardrail, or the reason why there is none."
          />
          <Field name="guardrailWaiver" label="Or why nothing does" />
        </>
      ) : null}
    </DialogForm>
  );
}

export function PutBackForm({ action, hints, values }: Shared & { readonly hints: FormHints }) {
  return (
    <DialogForm action={action} hints={hints} values={values} submit="Back to Open">
      <Field name="reason" label="Why it goes back to Open" required />
    </DialogForm>
  );
}
