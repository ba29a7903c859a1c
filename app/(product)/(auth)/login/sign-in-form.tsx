"use client";

import { ActionForm } from "@/components/ui/form/action-form";
import { Field } from "@/components/ui/form/field";
import { SubmitButton } from "@/components/ui/form/submit-button";
import type { FormHints } from "@/lib/input/form-view";
import { signIn } from "../actions";

export function SignInForm({
  hints,
  returnTo,
}: {
  readonly hints: FormHints;
  readonly returnTo: string | null;
}) {
  return (
    <ActionForm
      action={signIn}
      hints={hints}
      values={returnTo === null ? {} : { return: returnTo }}
      className="grid gap-4"
    >
      <Field name="email" label="E-mail address" />
      <Field name="password" label="Password" />
      <div>
        <SubmitButton pendingText="Signing in…">Sign in</SubmitButton>
      </div>
    </ActionForm>
  );
}
