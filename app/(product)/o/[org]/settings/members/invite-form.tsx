"use client";

import { useActionState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { CheckboxField, Field, SelectField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { invite } from "./actions";
import { RoleOptions } from "./role-options";

export function InviteForm({ organization }: { readonly organization: string }) {
  const [state, send] = useActionState(invite.bind(null, organization), null);
  const failure = state?.ok === false ? state : null;
  return (
    <div className="grid gap-4">
      <form action={send} className="grid max-w-[440px] gap-4" noValidate>
        {failure ? (
          <ErrorSummary key={failure.requestId} message={failure.message} fields={failure.fields} />
        ) : null}
        <Field
          name="email"
          label="E-mail address"
          type="email"
          autoComplete="off"
          required
          defaultValue={failure?.values.email}
          error={failure?.fields.email}
        />
        <SelectField
          name="role"
          label="Role"
          defaultValue={failure?.values.role ?? "member"}
          error={failure?.fields.role}
        >
          <RoleOptions />
        </SelectField>
        <CheckboxField
          name="canApprove"
          label="May approve exceptions"
          defaultChecked={failure?.values.canApprove === "on"}
        />
        <div>
          <SubmitButton pendingText="Creating the link…">Create invite link</SubmitButton>
        </div>
      </form>
      {state?.ok ? (
        <div role="status" className="rounded-control border-s-2 border-s-proven bg-proven-tint px-4 py-3">
          <p className="font-semibold">Send this link to {state.value.email}. It is shown once.</p>
          <p className="mt-1 text-small text-ink-2">
            Anyone who has it can join, once, within 72 hours. Older links for this address no longer work.
          </p>
          <p className="mt-2 flex flex-wrap items-center gap-2">
            <code translate="no" className="min-w-0 font-mono text-code [overflow-wrap:anywhere]">
              {state.value.link}
            </code>
            <CopyButton text={state.value.link} label="Copy link" />
          </p>
        </div>
      ) : null}
    </div>
  );
}
