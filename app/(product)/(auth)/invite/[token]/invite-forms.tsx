"use client";

import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { acceptAndSignUp, acceptAsMyself } from "../../actions";

export function JoinForm({
  invite,
  organization,
}: {
  readonly invite: string;
  readonly organization: string;
}) {
  const [state, send] = useActionState(acceptAsMyself, null);
  const failure = state?.ok === false ? state : null;
  return (
    <form action={send} className="grid gap-4">
      {failure ? <ErrorSummary key={failure.requestId} message={failure.message} /> : null}
      <input type="hidden" name="invite" value={invite} />
      <div>
        <SubmitButton pendingText="Joining…">Join {organization}</SubmitButton>
      </div>
    </form>
  );
}

export function InviteSignUpForm({ invite, email }: { readonly invite: string; readonly email: string }) {
  const [state, send] = useActionState(acceptAndSignUp, null);
  const failure = state?.ok === false ? state : null;
  return (
    <form action={send} className="grid gap-4" noValidate>
      {failure ? (
        <ErrorSummary key={failure.requestId} message={failure.message} fields={failure.fields} />
      ) : null}
      <input type="hidden" name="invite" value={invite} />
      <Field
        name="email"
        label="E-mail address"
        type="email"
        autoComplete="username"
        defaultValue={email}
        disabled
        hint="The address that was invited."
      />
      <Field
        name="name"
        label="Your name"
        autoComplete="name"
        required
        defaultValue={failure?.values.name}
        error={failure?.fields.name}
      />
      <Field
        name="password"
        label="Password"
        hint="At least 12 characters. Four or more unrelated words work well."
        type="password"
        autoComplete="new-password"
        required
        error={failure?.fields.password}
      />
      <div>
        <SubmitButton pendingText="Signing up…">Sign up and join</SubmitButton>
      </div>
    </form>
  );
}
