"use client";

import { useActionState } from "react";
import { ActionButton } from "@/components/ui/action-form";
import { ErrorSummary } from "@/components/ui/error-summary";
import { CheckboxField, SelectField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Role } from "@/lib/tenancy/permissions";
import { remove, setRole } from "./actions";
import { RoleOptions } from "./role-options";

/** Role, approval and removal of one member, folded away until asked for. */
export function MemberEditor({
  organization,
  member,
}: {
  readonly organization: string;
  readonly member: {
    readonly userId: string;
    readonly name: string;
    readonly role: Role;
    readonly canApprove: boolean;
  };
}) {
  const [state, send] = useActionState(setRole.bind(null, organization), null);
  const failure = state?.ok === false ? state : null;
  return (
    <details>
      <summary className="inline-flex min-h-9 cursor-pointer items-center rounded-control px-2 text-small font-semibold text-ink-2 hover:text-ink max-md:min-h-11">
        Change<span className="sr-only"> {member.name}</span>
      </summary>
      <div className="mt-2 grid w-[min(360px,70vw)] gap-4 pb-2 whitespace-normal">
        <form action={send} className="grid gap-3" key={`${member.role}-${member.canApprove}`}>
          {failure ? <ErrorSummary key={failure.requestId} message={failure.message} /> : null}
          <input type="hidden" name="userId" value={member.userId} />
          <SelectField id={`role-${member.userId}`} name="role" label="Role" defaultValue={member.role}>
            <RoleOptions />
          </SelectField>
          <CheckboxField
            id={`approve-${member.userId}`}
            name="canApprove"
            label="May approve exceptions"
            defaultChecked={member.canApprove}
          />
          <div>
            <SubmitButton variant="outline" pendingText="Saving…">
              Save
            </SubmitButton>
          </div>
        </form>
        <ActionButton
          action={remove.bind(null, organization)}
          values={{ userId: member.userId }}
          variant="danger"
          pendingText="Removing…"
        >
          Remove {member.name}
        </ActionButton>
      </div>
    </details>
  );
}
