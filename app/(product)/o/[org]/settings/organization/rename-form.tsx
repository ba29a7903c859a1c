"use client";

import { ActionForm } from "@/components/ui/form/action-form";
import { Field } from "@/components/ui/form/field";
import { SubmitRow } from "@/components/ui/form/submit-row";
import type { FormHints } from "@/lib/input/form-view";
import { renameOrganization } from "./actions";

export function RenameForm({
  hints,
  organization,
  name,
}: {
  readonly hints: FormHints;
  readonly organization: string;
  readonly name: string;
}) {
  const action = renameOrganization.bind(null, organization);
  return (
    <ActionForm action={action} hints={hints} className="grid max-w-[440px] gap-4">
      {(done) => (
        <>
          <Field name="name" label="Name" defaultValue={done?.value.name ?? name} />
          <SubmitRow pendingText="Saving…" said={done ? "Saved." : ""}>
            Save the name
          </SubmitRow>
        </>
      )}
    </ActionForm>
  );
}
