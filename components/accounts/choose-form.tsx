"use client";

import { ActionForm } from "@/components/ui/form/action-form";
import { Field, SelectField } from "@/components/ui/form/field";
import { SubmitButton } from "@/components/ui/form/submit-button";
import { partitionLabels } from "@/lib/checks/labels";
import { partitions } from "@/lib/checks/words";
import type { FormAction, FormHints } from "@/lib/input/form-view";
import { EnvironmentField } from "./environment-field";

/** Step 1 of connecting: which account this is. */
export function ChooseForm({ action, hints }: { readonly action: FormAction; readonly hints: FormHints }) {
  return (
    <ActionForm action={action} hints={hints} className="grid max-w-[440px] gap-4">
      <Field name="name" label="Name" hint="What your team calls this account." placeholder="acme-prod" />
      <Field
        name="awsAccountId"
        label="AWS account id"
        hint="12 digits, with or without dashes."
        placeholder="111122223333"
        mono
      />
      <EnvironmentField defaultValue={null} />
      <SelectField
        name="partition"
        label="AWS partition"
        hint="Almost always the first: accounts in GovCloud, China and the Sovereign Cloud are separate."
        defaultValue="aws"
      >
        {partitions.values.map((partition) => (
          <option key={partition} value={partition}>
            {`${partitionLabels[partition]} (${partition})`}
          </option>
        ))}
      </SelectField>
      <div>
        <SubmitButton pendingText="Preparing…">Continue</SubmitButton>
      </div>
    </ActionForm>
  );
}
