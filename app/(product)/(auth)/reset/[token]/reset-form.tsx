"use client";

import { ActionForm } from "@/components/ui/form/action-form";
import { Field } from "@/components/ui/form/field";
import { SubmitButton } from "@/components/ui/form/submit-button";
import { UsernameOf } from "@/components/ui/form/username-of";
import type { FormHints } from "@/lib/input/form-view";
import { setNewPassword } from "../../actions";
import { newPasswordHint } from "../../new-password-hint";

export function ResetForm({
  hints,
  secret,
  email,
}: {
  readonly hints: FormHints;
  readonly secret: string;
  readonly email: string;
}) {
  return (
    <ActionForm action={setNewPassword} hints={hints} values={{ secret }} className="grid gap-4">
      <UsernameOf email={email} />
      <Field name="newPassword" label="New password" hint={newPasswordHint} />
      <div>
        <SubmitButton pendingText="Setting…">Set the password</SubmitButton>
      </div>
    </ActionForm>
  );
}
