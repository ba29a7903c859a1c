"use client";

import { ActionForm } from "@/components/ui/form/action-form";
import { CheckboxGroup } from "@/components/ui/form/checkbox";
import { Field, SelectField } from "@/components/ui/form/field";
import { ShownOnce } from "@/components/ui/form/shown-once";
import { SubmitButton } from "@/components/ui/form/submit-button";
import type { FormHints } from "@/lib/input/form-view";
import { issueToken } from "./actions";

const scopes = [
  { value: "read", label: "read", hint: "See everything." },
  { value: "scan", label: "scan", hint: "Start and cancel scans." },
  { value: "write:finding", label: "write:finding", hint: "Assign findings, date them, and move them." },
  { value: "write:comment", label: "write:comment", hint: "Comment on findings." },
  {
    value: "verify",
    label: "verify",
    hint: "Have findings proven fixed; claim them fixed by a move, together with write:finding.",
  },
  {
    value: "admin:accounts",
    label: "admin:accounts",
    hint: "Connect, change and disconnect AWS accounts.",
  },
];

export function TokenForm({
  hints,
  organization,
}: {
  readonly hints: FormHints;
  readonly organization: string;
}) {
  const action = issueToken.bind(null, organization);
  return (
    <ActionForm action={action} hints={hints} className="grid gap-4">
      {(done) => (
        <>
          <div className="grid max-w-[440px] gap-4">
            <Field name="name" label="Name" hint="What will use it, such as “Terraform pipeline”." />
            <CheckboxGroup name="scopes" label="Scopes" boxes={scopes} defaultValues={["read"]} />
            <SelectField name="days" label="Expires after" defaultValue="90">
              <option value="7">7 days</option>
              <option value="30">30 days</option>
              <option value="90">90 days</option>
              <option value="365">1 year</option>
            </SelectField>
            <div>
              <SubmitButton pendingText="Creating…">Create token</SubmitButton>
            </div>
          </div>
          <ShownOnce
            secret={done?.value.token ?? null}
            copyLabel="Copy token"
            title={`Copy the token ${done?.value.name} now. It is shown once.`}
          />
        </>
      )}
    </ActionForm>
  );
}
