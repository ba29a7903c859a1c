"use client";

import { type ReactNode, useActionState } from "react";
import type { ActionState, FormAction } from "./action-state";
import type { ButtonSize, ButtonVariant } from "./button-class";
import { ErrorSummary } from "./error-summary";
import { SubmitButton } from "./submit-button";

/**
 * A form that is one button: sends `values` to a server action and shows its failure in place. Success is whatever
 * the action does (a redirect or fresh data).
 */
export function ActionButton({
  action,
  values,
  children,
  pendingText,
  variant = "outline",
  size,
}: {
  readonly action: FormAction;
  readonly values: Readonly<Record<string, string>>;
  readonly children: ReactNode;
  readonly pendingText?: string;
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
}) {
  const [state, send] = useActionState<ActionState, FormData>(action, null);
  return (
    <form action={send} className="grid gap-2">
      {Object.entries(values).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div>
        <SubmitButton variant={variant} {...(size ? { size } : {})} {...(pendingText ? { pendingText } : {})}>
          {children}
        </SubmitButton>
      </div>
      {state?.ok === false ? <ErrorSummary key={state.message} message={state.message} /> : null}
    </form>
  );
}
