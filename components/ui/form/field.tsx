"use client";

import type { ComponentProps, ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { useControl } from "./form-context";

const control =
  "w-full rounded-control border bg-surface px-3 py-[6px] min-h-[34px] max-md:min-h-11 text-body max-md:text-[16px] text-ink " +
  "placeholder:text-ink-3 disabled:bg-sunken disabled:text-ink-3 transition-[color,background-color,border-color] duration-120";

function Frame({
  id,
  label,
  hint,
  error,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-small font-semibold text-ink">
        {label}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="text-small text-ink-3">
          {hint}
        </p>
      ) : null}
      {children}
      <FieldError id={id} error={error} />
    </div>
  );
}

/** What is wrong with a control; `ariaOf` ties it to the control. */
export function FieldError({ id, error }: { readonly id: string; readonly error: string | undefined }) {
  return error ? (
    <p id={`${id}-error`} className="text-small font-medium text-blind">
      {error}
    </p>
  ) : null;
}

/** Attributes that tell assistive technology what a control is about and whether it is at fault. */
export function ariaOf(id: string, hint: ReactNode, error: string | undefined, errorId = id) {
  const ids = [hint ? `${id}-hint` : "", error ? `${errorId}-error` : ""].filter(Boolean);
  return {
    "aria-invalid": error ? (true as const) : undefined,
    "aria-describedby": ids.length > 0 ? ids.join(" ") : undefined,
  };
}

interface Shared {
  /** Also its id, and the name of its hints, its error and what was typed in the form around it. */
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
}

/** Text input of an ActionForm, with label, hint and error tied to it. */
export function Field({
  name,
  label,
  hint,
  mono = false,
  className,
  defaultValue,
  ...rest
}: Omit<ComponentProps<"input">, "name" | "id"> & Shared & { readonly mono?: boolean }) {
  const { id, error, kept, hints } = useControl(name);
  const type = rest.type ?? hints.type;
  const isKept = typeof kept === "string" && type !== "password";
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <input
        id={id}
        name={name}
        {...hints}
        {...ariaOf(id, hint, error)}
        defaultValue={isKept ? kept : defaultValue}
        className={cx(
          control,
          mono && "font-mono text-code",
          error ? "border-blind" : "border-line-strong",
          className,
        )}
        {...rest}
      />
    </Frame>
  );
}

/** Select with the same frame as Field. */
export function SelectField({
  name,
  label,
  hint,
  className,
  defaultValue,
  children,
  ...rest
}: Omit<ComponentProps<"select">, "name" | "id" | "defaultValue"> &
  Shared & { readonly defaultValue: string }) {
  const { id, error, kept } = useControl(name);
  const value = typeof kept === "string" ? kept : defaultValue;
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <select
        // React does not move the choice of a select that is there already, and sets a sent form back to it.
        key={value}
        id={id}
        name={name}
        {...ariaOf(id, hint, error)}
        defaultValue={value}
        className={cx(control, "pe-8", error ? "border-blind" : "border-line-strong", className)}
        {...rest}
      >
        {children}
      </select>
    </Frame>
  );
}
