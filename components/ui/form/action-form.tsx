"use client";

import { type ReactNode, useActionState, useEffect, useRef } from "react";
import type { ActionResult, FormAction, FormHints } from "@/lib/input/form-view";
import { answered } from "./answered";
import { ErrorSummary } from "./error-summary";
import { FormContext } from "./form-context";

/**
 * The frame of every form that is sent to a server action. The server judges, and the form shows its answer: a summary
 * above, an error at each field, what was typed (never a password). It is a plain form, so that it also works before
 * scripts have loaded; with them the focus moves to the first field at fault, or to the summary where no field is.
 */
export function ActionForm<T>({
  action,
  hints = {},
  values = {},
  idPrefix = "",
  className,
  children,
}: {
  readonly action: FormAction<T>;
  /** `formHints` of the action's input, from the server component above. */
  readonly hints?: FormHints;
  /** Sent along without being shown. */
  readonly values?: Readonly<Record<string, string>>;
  /** Where a page has the same form more than once. */
  readonly idPrefix?: string;
  readonly className?: string;
  /** Controls by their names; as a function it also gets what the action has done. */
  readonly children?: ReactNode | ((done: { readonly value: T } | null) => ReactNode);
}) {
  const [state, send] = useActionState<ActionResult<T> | null, FormData>(answered(action), null);
  const failure = state?.ok === false ? state : null;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (failure !== null) focusFault(form.current);
  }, [failure]);
  const isShown = (name: string) => name in hints && !(name in values);
  return (
    <FormContext value={{ failure, hints, idPrefix }}>
      <form ref={form} action={send} noValidate className={className}>
        {failure ? <ErrorSummary failure={failure} idPrefix={idPrefix} isShown={isShown} /> : null}
        {Object.entries(values).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {typeof children === "function" ? children(state?.ok ? { value: state.value } : null) : children}
      </form>
    </FormContext>
  );
}

function focusFault(form: HTMLFormElement | null): void {
  const fault = form?.querySelector<HTMLElement>('[aria-invalid="true"]:enabled');
  (fault ?? form?.querySelector<HTMLElement>('[role="alert"]'))?.focus();
}
