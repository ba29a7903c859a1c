"use client";

import { ActionForm } from "@/components/ui/form/action-form";
import { Field, SelectField } from "@/components/ui/form/field";
import { ShownOnce } from "@/components/ui/form/shown-once";
import { SubmitButton } from "@/components/ui/form/submit-button";
import type { FormHints } from "@/lib/input/form-view";
import { invite } from "./actions";
import { RoleOptions } from "./role-options";

export function InviteForm({
  hints,
  organization,
}: {
  readonly hints: FormHints;
  readonly organization: string;
}) {
  const action = invite.bind(null, organization);
  return (
    <ActionForm action={action} hints={hints} className="grid gap-4">
      {(done) => (
        <>
          <div className="grid max-w-[440px] gap-4">
            <Field name="email" label="E-mail address" />
            <SelectField name="role" label="Role" defaultValue="member">
              <RoleOptions />
            </SelectField>
            <div>
              <SubmitButton pendingText="Creating the link…">Create invite link</SubmitButton>
            </div>
          </div>
          <ShownOnce
            secret={done?.value.link ?? null}
            copyLabel="Copy link"
            title={`Send this link to ${done?.value.email}. It is shown once.`}
          >
            Anyone who has it can join, once, within 72 hours. Older links for this address no longer work.
          </ShownOnce>
        </>
      )}
    </ActionForm>
  );
}
