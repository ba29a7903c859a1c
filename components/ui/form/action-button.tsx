"use client";

import type { ReactNode } from "react";
import type { ButtonSize, ButtonVariant } from "@/components/ui/button-class";
import type { FormAction } from "@/lib/input/form-view";
import { ActionForm } from "./action-form";
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
  command,
}: {
  readonly action: FormAction;
  readonly values: Readonly<Record<string, string>>;
  readonly children: ReactNode;
  readonly pendingText?: string;
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  /** The command that presses it. */
  readonly command?: string;
}) {
  return (
    <ActionForm action={action} values={values} className="grid gap-2">
      <div>
        <SubmitButton
          command={command}
          variant={variant}
          {...(size ? { size } : {})}
          {...(pendingText ? { pendingText } : {})}
        >
          {children}
        </SubmitButton>
      </div>
    </ActionForm>
  );
}
