"use client";

import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { makeOrganization } from "./actions";

export function OrganizationForm() {
  const [state, send] = useActionState(makeOrganization, null);
  const failure = state?.ok === false ? state : null;
  return (
    <form action={send} className="grid gap-4" noValidate>
      {failure ? (
        <ErrorSummary key={failure.requestId} message={failure.message} fields={failure.fields} />
      ) : null}
      <Field
        name="name"
        label="Name of the organization"
        hint="Its web address comes from the name and stays the same when you rename it."
        autoComplete="organization"
        required
        defaultValue={failure?.values.name}
        error={failure?.fields.name}
      />
      <div>
        <SubmitButton pendingText="Creating…">Create organization</SubmitButton>
      </div>
    </form>
  );
}
