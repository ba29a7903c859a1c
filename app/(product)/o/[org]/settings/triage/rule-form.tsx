"use client";

import { ActionForm } from "@/components/ui/form/action-form";
import { Field, SelectField } from "@/components/ui/form/field";
import { SubmitRow } from "@/components/ui/form/submit-row";
import type { FormHints } from "@/lib/input/form-view";
import { addRule } from "./actions";

/** Suggests a member for the findings of some accounts. */
export function RuleForm({
  hints,
  organization,
  people,
}: {
  readonly hints: FormHints;
  readonly organization: string;
  readonly people: readonly { readonly id: string; readonly name: string }[];
}) {
  return (
    <ActionForm action={addRule.bind(null, organization)} hints={hints} className="grid max-w-[440px] gap-4">
      {(done) => (
        <>
          <SelectField name="match" label="For" defaultValue="account">
            <option value="account">One account</option>
            <option value="label">Accounts with a label</option>
            <option value="environment">Accounts of an environment</option>
          </SelectField>
          <Field
            name="value"
            label="Which"
            hint="The account's 12 digits, the label, or the environment, such as Production."
          />
          <SelectField name="ownerId" label="Suggest" defaultValue="">
            <option value="">Choose a member</option>
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
          <SubmitRow variant="outline" pendingText="Adding…" said={done ? "Added." : ""}>
            Add rule
          </SubmitRow>
        </>
      )}
    </ActionForm>
  );
}
