"use client";

import type { ReactNode } from "react";
import { ariaOf, FieldError } from "./field";
import { useControl } from "./form-context";

interface Box {
  readonly value: string;
  readonly label: string;
  readonly hint?: ReactNode;
}

/** One box of an ActionForm, with its label to the right. */
export function CheckboxField({
  name,
  label,
  hint,
  defaultChecked = false,
}: {
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly defaultChecked?: boolean;
}) {
  const { id, error, kept, hasFailed } = useControl(name);
  return (
    <div className="grid gap-1">
      <CheckboxRow
        id={id}
        name={name}
        box={{ value: "on", label, hint }}
        error={error}
        errorId={id}
        defaultChecked={hasFailed ? kept === "on" : defaultChecked}
      />
      <FieldError id={id} error={error} />
    </div>
  );
}

/** Boxes of one name: what is ticked is sent as a list. */
export function CheckboxGroup({
  name,
  label,
  boxes,
  defaultValues,
}: {
  readonly name: string;
  readonly label: string;
  readonly boxes: readonly Box[];
  readonly defaultValues: readonly string[];
}) {
  const { id, error, kept, hasFailed } = useControl(name);
  const ticked = hasFailed ? [kept ?? []].flat() : defaultValues;
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-small font-semibold">{label}</legend>
      {boxes.map((box, index) => (
        <CheckboxRow
          key={box.value}
          // The summary's link leads to the first.
          id={index === 0 ? id : `${id}-${box.value}`}
          name={name}
          box={box}
          error={error}
          errorId={id}
          defaultChecked={ticked.includes(box.value)}
        />
      ))}
      <FieldError id={id} error={error} />
    </fieldset>
  );
}

function CheckboxRow({
  id,
  name,
  box: { value, label, hint },
  error,
  errorId,
  defaultChecked,
}: {
  readonly id: string;
  readonly name: string;
  readonly box: Box;
  readonly error: string | undefined;
  readonly errorId: string;
  readonly defaultChecked: boolean;
}) {
  return (
    <div className="grid grid-cols-[20px_1fr] items-start gap-x-2">
      <input
        id={id}
        name={name}
        type="checkbox"
        value={value}
        {...ariaOf(id, hint, error, errorId)}
        defaultChecked={defaultChecked}
        className="mt-[2px] size-4 accent-[var(--brand-solid)]"
      />
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="col-start-2 text-small text-ink-3">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
