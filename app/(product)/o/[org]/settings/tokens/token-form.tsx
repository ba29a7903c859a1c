"use client";

import { useActionState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { CheckboxField, Field, SelectField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { makeToken } from "./actions";

export function TokenForm({ organization }: { readonly organization: string }) {
  const [state, send] = useActionState(makeToken.bind(null, organization), null);
  const failure = state?.ok === false ? state : null;
  return (
    <div className="grid gap-4">
      <form action={send} className="grid max-w-[440px] gap-4" noValidate>
        {failure ? (
          <ErrorSummary key={failure.requestId} message={failure.message} fields={failure.fields} />
        ) : null}
        <Field
          name="name"
          label="Name"
          hint="What will use it, e.g. Terraform pipeline."
          required
          defaultValue={failure?.values.name}
          error={failure?.fields.name}
        />
        <fieldset id="scopes" className="grid gap-2">
          <legend className="mb-1 text-small font-semibold">Scopes</legend>
          <CheckboxField
            id="scope-read"
            name="scopes"
            value="read"
            label="read"
            hint="See everything."
            defaultChecked
          />
          <CheckboxField
            id="scope-scan"
            name="scopes"
            value="scan"
            label="scan"
            hint="Start and cancel scans."
          />
          <CheckboxField
            id="scope-accounts"
            name="scopes"
            value="admin:accounts"
            label="admin:accounts"
            hint="Connect, change and disconnect AWS accounts."
          />
          {failure?.fields.scopes ? (
            <p className="text-small font-medium text-blind">{failure.fields.scopes}</p>
          ) : null}
        </fieldset>
        <SelectField
          name="days"
          label="Expires after"
          defaultValue={failure?.values.days ?? "90"}
          error={failure?.fields.days}
        >
          <option value="7">7 days</option>
          <option value="30">30 days</option>
          <option value="90">90 days</option>
          <option value="365">1 year</option>
        </SelectField>
        <div>
          <SubmitButton pendingText="Creating…">Create token</SubmitButton>
        </div>
      </form>
      {state?.ok ? (
        <div role="status" className="rounded-control border-s-2 border-s-proven bg-proven-tint px-4 py-3">
          <p className="font-semibold">Copy the token {state.value.name} now. It is shown once.</p>
          <p className="mt-2 flex flex-wrap items-center gap-2">
            <code translate="no" className="min-w-0 font-mono text-code [overflow-wrap:anywhere]">
              {state.value.token}
            </code>
            <CopyButton text={state.value.token} label="Copy token" />
          </p>
        </div>
      ) : null}
    </div>
  );
}
