"use client";

import { ActionForm } from "@/components/ui/form/action-form";
import { Field } from "@/components/ui/form/field";
import { SubmitButton } from "@/components/ui/form/submit-button";
import type { FormHints } from "@/lib/input/form-view";
import { acceptAndSignUp, acceptAsMyself } from "../../actions";
import { newPasswordHint } from "../../new-password-hint";

export function JoinForm({
  secret,
  organization,
}: {
  readonly secret: string;
  readonly organization: string;
}) {
  return (
    <ActionForm action={acceptAsMyself} values={{ secret }} className="grid gap-4">
      <div>
        <SubmitButton pendingText="Joining…">Join {organization}</SubmitButton>
      </div>
    </ActionForm>
  );
}

export function InviteSignUpForm({
  hints,
  secret,
  email,
}: {
  readonly hints: FormHints;
  readonly secret: string;
  readonly email: string;
}) {
  return (
    <ActionForm action={acceptAndSignUp} hints={hints} values={{ secret }} className="grid gap-4">
      <Field
        name="email"
        label="E-mail address"
        type="email"
        autoComplete="username"
        defaultValue={email}
        disabled
        hint="The invite is for this address."
      />
      <Field name="name" label="Your name" />
      <Field name="password" label="Password" hint={newPasswordHint} />
      <div>
        <SubmitButton pendingText="Signing up…">Sign up and join</SubmitButton>
      </div>
    </ActionForm>
  );
}
