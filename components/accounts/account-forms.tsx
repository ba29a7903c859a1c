"use client";

import { useActionState } from "react";
import type { ActionState, FormAction } from "@/components/ui/action-state";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field, SelectField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { type Environment, environmentLabels, environments } from "@/lib/accounts/account-states";
import { scheduleLabel, schedules } from "./account-words";

function Saved({ state }: { readonly state: ActionState }) {
  return (
    <span role="status" className="text-small text-proven">
      {state?.ok ? "Saved." : ""}
    </span>
  );
}

/** Name and environment of an account. */
export function AccountDetailsForm({
  action,
  id,
  name,
  environment,
  version,
}: {
  readonly action: FormAction;
  readonly id: string;
  readonly name: string;
  readonly environment: Environment;
  /** Of what is shown: a change of somebody else since then is not overwritten. */
  readonly version: number;
}) {
  const [state, send] = useActionState<ActionState, FormData>(action, null);
  const failed = state?.ok === false ? state : null;
  return (
    <form action={send} noValidate className="grid gap-3">
      {failed ? (
        <ErrorSummary key={failed.requestId} message={failed.message} fields={failed.fields} />
      ) : null}
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="version" value={version} />
      <Field
        name="name"
        label="Name"
        required
        maxLength={80}
        autoComplete="off"
        key={`n-${failed?.values.name ?? name}`}
        defaultValue={failed?.values.name ?? name}
        error={failed?.fields.name}
      />
      <SelectField
        name="environment"
        label="Environment"
        key={`e-${failed?.values.environment ?? environment}`}
        defaultValue={failed?.values.environment ?? environment}
        error={failed?.fields.environment}
      >
        {environments.values.map((value) => (
          <option key={value} value={value}>
            {environmentLabels[value]}
          </option>
        ))}
      </SelectField>
      <div className="flex items-center gap-3">
        <SubmitButton variant="outline" pendingText="Saving…">
          Save
        </SubmitButton>
        <Saved state={state} />
      </div>
    </form>
  );
}

/** How often the account is read. */
export function ScheduleForm({
  action,
  id,
  everyMinutes,
}: {
  readonly action: FormAction;
  readonly id: string;
  readonly everyMinutes: number | null;
}) {
  const [state, send] = useActionState<ActionState, FormData>(action, null);
  const failed = state?.ok === false ? state : null;
  const current = everyMinutes ?? 0;
  const unlisted = current > 0 && !schedules.some((entry) => entry.value === current);
  return (
    <form action={send} noValidate className="grid gap-3">
      {failed ? (
        <ErrorSummary key={failed.requestId} message={failed.message} fields={failed.fields} />
      ) : null}
      <input type="hidden" name="accountId" value={id} />
      <SelectField
        name="everyMinutes"
        label="Read this account"
        hint="Scans are staggered so that accounts do not all start at once."
        key={current}
        defaultValue={String(current)}
        error={failed?.fields.everyMinutes}
      >
        {unlisted ? <option value={String(current)}>{scheduleLabel(current)}</option> : null}
        {schedules.map((entry) => (
          <option key={entry.value} value={String(entry.value)}>
            {entry.label}
          </option>
        ))}
        <option value="0">Manual only</option>
      </SelectField>
      <div className="flex items-center gap-3">
        <SubmitButton variant="outline" pendingText="Saving…">
          Save schedule
        </SubmitButton>
        <Saved state={state} />
      </div>
    </form>
  );
}

/** Disconnecting asks for the account's name; the history stays. */
export function DisconnectDialog({
  action,
  id,
  name,
}: {
  readonly action: FormAction;
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
      description="Posturio stops reading this account and forgets its role. Findings, scans and their history stay. Delete the role in AWS as well."
    >
      <DisconnectForm action={action} id={id} name={name} />
    </Dialog>
  );
}

function DisconnectForm({
  action,
  id,
  name,
}: {
  readonly action: FormAction;
  readonly id: string;
  readonly name: string;
}) {
  const [state, send] = useActionState<ActionState, FormData>(action, null);
  const failed = state?.ok === false ? state : null;
  return (
    <form action={send} noValidate className="grid gap-4">
      {failed ? (
        <ErrorSummary key={failed.requestId} message={failed.message} fields={failed.fields} />
      ) : null}
      <input type="hidden" name="id" value={id} />
      <Field
        name="confirmName"
        label={`Type ${name} to confirm`}
        autoComplete="off"
        spellCheck={false}
        required
        error={failed?.fields.confirmName}
      />
      <div className="flex flex-wrap justify-end gap-2">
        <DialogClose asChild>
          <Button>Keep it</Button>
        </DialogClose>
        <SubmitButton variant="danger" pendingText="Disconnecting…">
          Disconnect
        </SubmitButton>
      </div>
    </form>
  );
}
