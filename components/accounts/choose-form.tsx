"use client";

import { useActionState } from "react";
import type { ActionState, FormAction } from "@/components/ui/action-state";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field, SelectField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { environmentLabels, environments } from "@/lib/accounts/account-states";
import { partitionLabels } from "@/lib/checks/labels";
import { partitions } from "@/lib/checks/words";

/** Step 1 of connecting: which account this is. */
export function ChooseForm({ action }: { readonly action: FormAction }) {
  const [state, send] = useActionState<ActionState, FormData>(action, null);
  const failed = state?.ok === false ? state : null;
  const fields = failed?.fields ?? {};
  const values = failed?.values ?? {};
  return (
    <form action={send} noValidate className="grid max-w-[480px] gap-4">
      {failed ? <ErrorSummary key={failed.requestId} message={failed.message} fields={fields} /> : null}
      <Field
        name="name"
        label="Name"
        hint="What your team calls this account."
        placeholder="acme-prod"
        autoComplete="off"
        maxLength={80}
        required
        defaultValue={values.name ?? ""}
        error={fields.name}
      />
      <Field
        name="awsAccountId"
        label="AWS account id"
        hint="12 digits, with or without dashes."
        placeholder="111122223333"
        inputMode="numeric"
        autoComplete="off"
        mono
        required
        defaultValue={values.awsAccountId ?? ""}
        error={fields.awsAccountId}
      />
      <SelectField
        name="environment"
        label="Environment"
        key={values.environment ?? "production"}
        defaultValue={values.environment ?? "production"}
        error={fields.environment}
      >
        {environments.values.map((environment) => (
          <option key={environment} value={environment}>
            {environmentLabels[environment]}
          </option>
        ))}
      </SelectField>
      <SelectField
        name="partition"
        label="AWS partition"
        hint="Almost always the first: accounts in GovCloud, China and the Sovereign Cloud are separate."
        key={`p-${values.partition ?? "aws"}`}
        defaultValue={values.partition ?? "aws"}
        error={fields.partition}
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
    </form>
  );
}
