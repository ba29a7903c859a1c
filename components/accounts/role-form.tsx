"use client";

import { ActionForm } from "@/components/ui/form/action-form";
import { Field } from "@/components/ui/form/field";
import { SubmitButton } from "@/components/ui/form/submit-button";
import type { FormAction, FormHints } from "@/lib/input/form-view";

/** Step 3 of connecting: the ARN of the role that now exists. */
export function RoleForm({
  action,
  hints,
  accountId,
  initialArn,
  rolePatterns,
  again,
  quiet,
}: {
  readonly action: FormAction;
  readonly hints: FormHints;
  readonly accountId: string;
  readonly initialArn: string;
  /** Roles that this installation may assume. */
  readonly rolePatterns: readonly string[];
  /** A test has run before. */
  readonly again: boolean;
  /** Something else on the page is the next thing to do. */
  readonly quiet: boolean;
}) {
  return (
    <ActionForm action={action} hints={hints} values={{ accountId }} className="stack gap-3">
      <Field
        name="roleArn"
        label="Role ARN"
        hint={`You find it in the outputs of the template. The role must match ${rolePatterns.join(" or ")}.`}
        spellCheck={false}
        mono
        defaultValue={initialArn}
      />
      <div>
        <SubmitButton variant={quiet ? "outline" : "primary"} pendingText="Starting…">
          {again ? "Test again" : "Test the connection"}
        </SubmitButton>
      </div>
    </ActionForm>
  );
}
