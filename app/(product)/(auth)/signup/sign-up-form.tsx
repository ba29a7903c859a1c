"use client";

import { ActionForm } from "@/components/ui/form/action-form";
import { Field } from "@/components/ui/form/field";
import { SubmitButton } from "@/components/ui/form/submit-button";
import type { FormHints } from "@/lib/input/form-view";
import { signUp } from "../actions";
import { newPasswordHint } from "../new-password-hint";

export function SignUpForm({ hints }: { readonly hints: FormHints }) {
  return (
    <ActionForm action={signUp} hints={hints} className="grid gap-4">
      <Field name="name" label="Your name" />
      <Field name="email" label="E-mail address" />
      <Field name="password" label="Password" hint={newPasswordHint} />
      <div>
        <SubmitButton pendingText="Signing up…">Sign up</SubmitButton>
      </div>
    </ActionForm>
  );
}
