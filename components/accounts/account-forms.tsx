"use client";

import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { ActionForm } from "@/components/ui/form/action-form";
import { Field, SelectField } from "@/components/ui/form/field";
import { SubmitButton } from "@/components/ui/form/submit-button";
import { SubmitRow } from "@/components/ui/form/submit-row";
import type { Environment } from "@/lib/accounts/account-states";
import type { FormAction, FormHints } from "@/lib/input/form-view";
import { scheduleLabel, schedules } from "./account-words";
import { EnvironmentField } from "./environment-field";

/** Name, environment and labels of an account. */
export function AccountDetailsForm({
  action,
  hints,
  id,
  name,
  environment,
  labels,
  version,
}: {
  readonly action: FormAction;
  readonly hints: FormHints;
  readonly id: string;
  readonly name: string;
  readonly environment: Environment;
  readonly labels: readonly string[];
  /** Of what is shown: a change of someone else since then is not overwritten. */
  readonly version: number;
}) {
  return (
    <ActionForm
      action={action}
      hints={hints}
      values={{ id, version: String(version) }}
      className="grid gap-3"
    >
      {(done) => (
        <>
          <Field name="name" label="Name" required defaultValue={name} />
          <EnvironmentField defaultValue={environment} />
          <Field
            name="labels"
            label="Labels"
            hint="Words of your own, with commas between them. Rules for owners find accounts by them."
            defaultValue={labels.join(", ")}
          />
          <SubmitRow variant="outline" pendingText="Saving…" said={done ? "Saved." : ""}>
            Save
          </SubmitRow>
        </>
      )}
    </ActionForm>
  );
}

/** How often the account is read. */
export function ScheduleForm({
  action,
  hints,
  id,
  everyMinutes,
  version,
}: {
  readonly action: FormAction;
  readonly hints: FormHints;
  readonly id: string;
  readonly everyMinutes: number | null;
  readonly version: number;
}) {
  const isUnlisted = everyMinutes !== null && !schedules.some(({ value }) => value === everyMinutes);
  return (
    <ActionForm
      action={action}
      hints={hints}
      values={{ id, version: String(version) }}
      className="grid gap-3"
    >
      {(done) => (
        <>
          <SelectField
            name="everyMinutes"
            label="Read this account"
            hint="Scans are staggered so that accounts do not all start at once."
            defaultValue={String(everyMinutes ?? "")}
          >
            {isUnlisted ? <option value={String(everyMinutes)}>{scheduleLabel(everyMinutes)}</option> : null}
            {schedules.map(({ value, label }) => (
              <option key={value} value={String(value)}>
                {label}
              </option>
            ))}
            <option value="">Manual only</option>
          </SelectField>
          <SubmitRow variant="outline" pendingText="Saving…" said={done ? "Saved." : ""}>
            Save schedule
          </SubmitRow>
        </>
      )}
    </ActionForm>
  );
}

/** Disconnecting asks for the account's name; the history stays. */
export function DisconnectDialog({
  action,
  hints,
  id,
  name,
}: {
  readonly action: FormAction;
  readonly hints: FormHints;
  readonly id: string;
  readonly name: string;
}) {
  return (
    <Dialog
      trigger={
        <Button variant="danger" size="small">
          Disconnect…
        </Button>
      }
      title={`Disconnect ${name}`}
      description="Posturio stops reading this account and no longer assumes its role. Findings, scans and their history stay, and so does the role in AWS until you delete it there."
    >
      <ActionForm action={action} hints={hints} values={{ id }} className="grid gap-4">
        <Field name="confirmName" label={`Type ${name} to confirm`} spellCheck={false} />
        <div className="flex flex-wrap justify-end gap-2">
          <DialogClose asChild>
            <Button>Keep it</Button>
          </DialogClose>
          <SubmitButton variant="danger" pendingText="Disconnecting…">
            Disconnect
          </SubmitButton>
        </div>
      </ActionForm>
    </Dialog>
  );
}
