"use client";

import { useState } from "react";
import { ActionForm } from "@/components/ui/form/action-form";
import { CheckboxGroup } from "@/components/ui/form/checkbox";
import { SelectField } from "@/components/ui/form/field";
import { SubmitButton } from "@/components/ui/form/submit-button";
import { Time } from "@/components/ui/time";
import type { FormHints } from "@/lib/input/form-view";
import type { MemberToken } from "@/lib/members/member-view";
import type { Role } from "@/lib/tenancy/permissions";
import { remove, setRole } from "./actions";
import { RoleOptions } from "./role-options";

/** Role and removal of one member, folded away until asked for. */
export function MemberEditor({
  hints,
  organization,
  member,
  successors,
}: {
  readonly hints: FormHints;
  readonly organization: string;
  readonly member: {
    readonly userId: string;
    readonly name: string;
    readonly role: Role;
    readonly tokens: readonly MemberToken[];
  };
  /** Who can own findings. */
  readonly successors: readonly { readonly id: string; readonly name: string }[];
}) {
  const { userId } = member;
  // Everybody's list of everybody is too much for a page that opens one of them.
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="inline-flex min-h-9 cursor-pointer items-center rounded-control px-2 text-small font-semibold text-ink-2 hover:text-ink max-md:min-h-11">
        Change<span className="sr-only"> {member.name}</span>
      </summary>
      <div className="mt-2 grid w-[min(360px,70vw)] gap-4 pb-2 whitespace-normal">
        <ActionForm
          key={member.role}
          action={setRole.bind(null, organization)}
          hints={hints}
          values={{ userId }}
          idPrefix={`${userId}-`}
          className="grid gap-3"
        >
          <SelectField name="role" label="Role" defaultValue={member.role}>
            <RoleOptions />
          </SelectField>
          <div>
            <SubmitButton variant="outline" pendingText="Saving…">
              Save
            </SubmitButton>
          </div>
        </ActionForm>
        <ActionForm
          action={remove.bind(null, organization)}
          hints={hints}
          values={{ userId }}
          idPrefix={`remove-${userId}-`}
          className="grid gap-3"
        >
          {isOpen ? (
            <SelectField
              name="reassignTo"
              label={`Who takes over the findings of ${member.name}`}
              defaultValue=""
            >
              <option value="">Nobody</option>
              {successors
                .filter(({ id }) => id !== userId)
                .map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
            </SelectField>
          ) : null}
          {member.tokens.length === 0 ? null : (
            <CheckboxGroup
              name="alsoEnd"
              label={`API tokens that ${member.name} created. Ticked ones stop working when you remove this person; the others keep working.`}
              boxes={member.tokens.map(tokenBox)}
              defaultValues={member.tokens.map(({ id }) => id)}
            />
          )}
          <div>
            <SubmitButton variant="danger" pendingText="Removing…">
              Remove {member.name}
            </SubmitButton>
          </div>
        </ActionForm>
      </div>
    </details>
  );
}

function tokenBox({ id, name, prefix, lastUsedAt }: MemberToken) {
  const used =
    lastUsedAt === null ? (
      "never used"
    ) : (
      <>
        last used <Time at={lastUsedAt} style="date" />
      </>
    );
  return {
    value: id,
    label: name,
    hint: (
      <>
        {prefix}…, {used}
      </>
    ),
  };
}
