"use client";

import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { deleteMyUser, setPassword } from "./actions";

export function PasswordForm({ email }: { readonly email: string }) {
  const [state, send] = useActionState(setPassword, null);
  const failure = state?.ok === false ? state : null;
  const ended = state?.ok ? state.value.endedSessions : 0;
  return (
    <form action={send} className="grid max-w-[440px] gap-4" noValidate>
      {failure ? (
        <ErrorSummary key={failure.requestId} message={failure.message} fields={failure.fields} />
      ) : null}
      <input type="email" defaultValue={email} autoComplete="username" readOnly hidden />
      <Field
        name="currentPassword"
        label="Current password"
        type="password"
        autoComplete="current-password"
        required
        error={failure?.fields.currentPassword}
      />
      <Field
        name="newPassword"
        label="New password"
        hint="At least 12 characters. Your other sessions will end."
        type="password"
        autoComplete="new-password"
        required
        error={failure?.fields.newPassword}
      />
      <div className="flex flex-wrap items-center gap-4">
        <SubmitButton pendingText="Changing…">Change the password</SubmitButton>
        <p role="status" className="text-small text-ink-2">
          {state?.ok ? `Changed. ${ended} other ${ended === 1 ? "session" : "sessions"} ended.` : ""}
        </p>
      </div>
    </form>
  );
}

export function DeleteForm() {
  const [state, send] = useActionState(deleteMyUser, null);
  const failure = state?.ok === false ? state : null;
  return (
    <form action={send} className="grid max-w-[440px] gap-4" noValidate>
      {failure ? (
        <ErrorSummary key={failure.requestId} message={failure.message} fields={failure.fields} />
      ) : null}
      <Field
        name="password"
        label="Your password"
        type="password"
        autoComplete="current-password"
        required
        error={failure?.fields.password}
      />
      <div>
        <SubmitButton variant="danger" pendingText="Deleting…">
          Delete my profile
        </SubmitButton>
      </div>
    </form>
  );
}
