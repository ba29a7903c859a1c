"use client";

import { useActionState } from "react";
import type { ActionState, FormAction } from "@/components/ui/action-state";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";

/** Step 3 of connecting: the ARN of the role that now exists. */
export function RoleForm({
  action,
  accountId,
  initialArn,
  rolePatterns,
  again,
  quiet,
}: {
  readonly action: FormAction;
  readonly accountId: string;
  readonly initialArn: string;
  /** Roles that this installation may assume. */
  readonly rolePatterns: readonly string[];
  /** A test has run before. */
  readonly again: boolean;
  /** Something else on the page is the next thing to do. */
  readonly quiet: boolean;
}) {
  const [state, send] = useActionState<ActionState, FormData>(action, null);
  const failed = state?.ok === false ? state : null;
  return (
    <form action={send} noValidate className="stack gap-3">
      {failed ? (
        <ErrorSummary key={failed.requestId} message={failed.message} fields={failed.fields} />
      ) : null}
      <input type="hidden" name="accountId" value={accountId} />
      <Field
        name="roleArn"
        label="Role ARN"
        hint={`The template prints it as its output. The role must match ${rolePatterns.join(" or ")}.`}
        autoComplete="off"
        spellCheck={false}
        mono
        required
        key={failed?.values.roleArn ?? initialArn}
        defaultValue={failed?.values.roleArn ?? initialArn}
        error={failed?.fields.roleArn}
      />
      <div>
        <SubmitButton variant={quiet ? "outline" : "primary"} pendingText="Starting…">
          {again ? "Test again" : "Test the connection"}
        </SubmitButton>
      </div>
    </form>
  );
}
