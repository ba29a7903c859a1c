"use client";

import { ActionForm } from "@/components/ui/form/action-form";
import { Field } from "@/components/ui/form/field";
import { SubmitButton } from "@/components/ui/form/submit-button";
import type { FormHints } from "@/lib/input/form-view";
import { addOrganization } from "./actions";

export function OrganizationForm({ hints }: { readonly hints: FormHints }) {
  return (
    <ActionForm action={addOrganization} hints={hints} className="grid gap-4">
      <Field
        name="name"
        label="Name of the organization"
        hint="Its web address comes from the name and stays the same when you rename it."
      />
      <div>
        <SubmitButton pendingText="Creating…">Create organization</SubmitButton>
      </div>
    </ActionForm>
  );
}
