"use client";

import { ActionForm } from "@/components/ui/form/action-form";
import { Field } from "@/components/ui/form/field";
import { SubmitButton } from "@/components/ui/form/submit-button";
import { SubmitRow } from "@/components/ui/form/submit-row";
import { UsernameOf } from "@/components/ui/form/username-of";
import type { FormHints } from "@/lib/input/form-view";
import { count } from "@/lib/text";
import { deleteMyUser, setPassword } from "./actions";

export function PasswordForm({ hints, email }: { readonly hints: FormHints; readonly email: string }) {
  return (
    <ActionForm action={setPassword} hints={hints} className="grid max-w-[440px] gap-4">
      {(done) => (
        <>
          <UsernameOf email={email} />
          <Field name="currentPassword" label="Current password" />
          <Field
            name="newPassword"
            label="New password"
            hint="At least 12 characters. Your other sessions and open reset links will end."
          />
          <SubmitRow
            pendingText="Changing…"
            said={done ? `Changed. ${count(done.value.endedSessions, "other session")} ended.` : ""}
          >
            Change the password
          </SubmitRow>
        </>
      )}
    </ActionForm>
  );
}

export function DeleteForm({ hints }: { readonly hints: FormHints }) {
  return (
    <ActionForm action={deleteMyUser} hints={hints} className="grid max-w-[440px] gap-4">
      <Field name="password" label="Your password" />
      <div>
        <SubmitButton variant="danger" pendingText="Deleting…">
          Delete my profile
        </SubmitButton>
      </div>
    </ActionForm>
  );
}
