"use client";

import { type KeyboardEvent, useEffect, useState } from "react";
import { Field, SelectField } from "@/components/ui/form/field";
import type { BulkServer, Person } from "./bulk-server";

export type BulkKind = "assign" | "due" | "claim" | "scan" | "watch";

/** Enter in a choice sends the form, as in a field; browsers differ in that. Space opens it. */
function sendOnEnter(event: KeyboardEvent<HTMLSelectElement>): void {
  if (event.key !== "Enter") return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}

/** What a dialog asks for before it can say what will happen. */
export function BulkFields({
  kind,
  people,
}: {
  readonly kind: BulkKind;
  readonly people: readonly Person[] | null;
}) {
  switch (kind) {
    case "assign":
      return (
        <SelectField name="ownerId" label="Owner" defaultValue="" onKeyDown={sendOnEnter}>
          <option value="">{people === null ? "Loading…" : "Choose an owner"}</option>
          <option value="nobody">Nobody</option>
          {people?.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      );
    case "due":
      return (
        <>
          <Field
            name="day"
            label="Due on"
            type="date"
            hint="The end of that day. Leave it empty for no due date."
          />
          <Field name="dueReason" label="Why it changes" hint="It goes into the history of each." />
        </>
      );
    case "claim":
      return (
        <>
          <Field name="note" label="What you did (optional)" hint="It goes into the history of each." />
          <Field
            name="guardrail"
            label="What keeps them from coming back (optional)"
            hint="Findings that came back at least twice are skipped without it, or the reason why there is none."
          />
          <Field name="guardrailWaiver" label="Or why nothing does (optional)" />
        </>
      );
    case "watch":
      return (
        <SelectField
          name="action"
          label="From now on"
          hint="Who watches a finding is told of what happens to it."
          defaultValue="watch"
          onKeyDown={sendOnEnter}
        >
          <option value="watch">Watch them</option>
          <option value="unwatch">Watch them no longer</option>
        </SelectField>
      );
    case "scan":
      return null;
  }
}

/** Who can own a finding, read when the dialog opens; null until then. */
export function usePeople(server: BulkServer, isWanted: boolean): readonly Person[] | null {
  const [people, setPeople] = useState<readonly Person[] | null>(null);
  useEffect(() => {
    if (!isWanted) return;
    let isGone = false;
    server.people({}).then(
      (answer) => {
        if (!isGone) setPeople(answer.ok ? answer.value : []);
      },
      () => {},
    );
    return () => {
      isGone = true;
    };
  }, [server, isWanted]);
  return people;
}
