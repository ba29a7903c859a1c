"use client";

import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { renameOrganization } from "./actions";

export function RenameForm({ organization, name }: { readonly organization: string; readonly name: string }) {
  const [state, send] = useActionState(renameOrganization.bind(null, organization), null);
  const failure = state?.ok === false ? state : null;
  return (
    <form action={send} className="grid max-w-[440px] gap-4" noValidate>
      {failure ? (
        <ErrorSummary key={failure.requestId} message={failure.message} fields={failure.fields} />
      ) : null}
      <Field
        name="name"
        label="Name"
        required
        defaultValue={failure?.values.name ?? (state?.ok ? state.value.name : name)}
        error={failure?.fields.name}
      />
      <div className="flex items-center gap-4">
        <SubmitButton pendingText="Saving…">Save the name</SubmitButton>
        <p role="status" className="text-small text-ink-2">
          {state?.ok ? "Saved." : ""}
        </p>
      </div>
    </form>
  );
}
