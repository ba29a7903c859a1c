"use client";

import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { setNewPassword } from "../../actions";

export function ResetForm({ reset, email }: { readonly reset: string; readonly email: string }) {
  const [state, send] = useActionState(setNewPassword, null);
  const failure = state?.ok === false ? state : null;
  return (
    <form action={send} className="grid gap-4" noValidate>
      {failure ? (
        <ErrorSummary key={failure.requestId} message={failure.message} fields={failure.fields} />
      ) : null}
      <input type="hidden" name="reset" value={reset} />
      <input type="email" defaultValue={email} autoComplete="username" readOnly hidden />
      <Field
        name="newPassword"
        label="New password"
        hint="At least 12 characters. Four or more unrelated words work well."
        type="password"
        autoComplete="new-password"
        required
        error={failure?.fields.newPassword}
      />
      <div>
        <SubmitButton pendingText="Setting…">Set the password</SubmitButton>
      </div>
    </form>
  );
}
