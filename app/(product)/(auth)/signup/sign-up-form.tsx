"use client";

import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { signUp } from "../actions";

export function SignUpForm() {
  const [state, send] = useActionState(signUp, null);
  const failure = state?.ok === false ? state : null;
  return (
    <form action={send} className="grid gap-4" noValidate>
      {failure ? (
        <ErrorSummary key={failure.requestId} message={failure.message} fields={failure.fields} />
      ) : null}
      <Field
        name="name"
        label="Your name"
        autoComplete="name"
        required
        defaultValue={failure?.values.name}
        error={failure?.fields.name}
      />
      <Field
        name="email"
        label="E-mail address"
        type="email"
        autoComplete="username"
        required
        defaultValue={failure?.values.email}
        error={failure?.fields.email}
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
        <SubmitButton pendingText="Signing up…">Sign up</SubmitButton>
      </div>
    </form>
  );
}
