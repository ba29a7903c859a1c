import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";

const control =
  "w-full rounded-control border bg-surface px-3 py-[6px] min-h-[34px] max-md:min-h-11 text-body max-md:text-[16px] text-ink " +
  "placeholder:text-ink-3 disabled:bg-sunken disabled:text-ink-3 transition-colors duration-120";

function Frame({
  id,
  label,
  hint,
  error,
  optional,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly optional?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-small font-semibold text-ink">
        {label}
        {optional ? <span className="font-normal text-ink-3"> (optional)</span> : null}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="text-small text-ink-3">
          {hint}
        </p>
      ) : null}
      {children}
      {error ? (
        <p id={`${id}-error`} className="text-small font-medium text-blind">
          {error}
        </p>
      ) : null}
    </div>
  );
}

function described(id: string, hint: ReactNode, error: string | undefined): string | undefined {
  const ids = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean);
  return ids.length > 0 ? ids.join(" ") : undefined;
}

interface Shared {
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly optional?: boolean;
}

/** Text input with label, hint and error tied to it. Its id is its name unless given. */
export function Field({
  name,
  label,
  hint,
  error,
  optional,
  id = name,
  mono = false,
  className,
  ...rest
}: Omit<ComponentProps<"input">, "name"> & Shared & { readonly mono?: boolean }) {
  return (
    <Frame id={id} label={label} hint={hint} error={error} optional={optional ?? false}>
      <input
        id={id}
        name={name}
        aria-invalid={error ? true : undefined}
        aria-describedby={described(id, hint, error)}
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
  error,
  optional,
  id = name,
  className,
  children,
  ...rest
}: Omit<ComponentProps<"select">, "name"> & Shared) {
  return (
    <Frame id={id} label={label} hint={hint} error={error} optional={optional ?? false}>
      <select
        id={id}
        name={name}
        aria-invalid={error ? true : undefined}
        aria-describedby={described(id, hint, error)}
        className={cx(control, "pe-8", error ? "border-blind" : "border-line-strong", className)}
        {...rest}
      >
        {children}
      </select>
    </Frame>
  );
}

/** Checkbox with its label to the right. */
export function CheckboxField({
  name,
  label,
  hint,
  id = name,
  ...rest
}: Omit<ComponentProps<"input">, "name" | "type"> & {
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
}) {
  return (
    <div className="grid grid-cols-[20px_1fr] items-start gap-x-2">
      <input
        id={id}
        name={name}
        type="checkbox"
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-[2px] size-4 accent-[var(--brand-solid)]"
        {...rest}
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
