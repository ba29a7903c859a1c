"use client";

import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { commandProps } from "@/components/keys/commands";
import { Button } from "@/components/ui/button";
import type { ButtonSize, ButtonVariant } from "@/components/ui/button-class";
import { Spinner } from "@/components/ui/spinner";

/** Submit button that says so while its form is being sent, and cannot be pressed twice. */
export function SubmitButton({
  children,
  pendingText,
  variant = "primary",
  size,
  disabled = false,
  command,
}: {
  readonly children: ReactNode;
  readonly pendingText?: string;
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  readonly disabled?: boolean;
  /** The command that presses it. */
  readonly command?: string | undefined;
}) {
  const { pending } = useFormStatus();
  return (
    <Button
      type="submit"
      variant={variant}
      {...(size ? { size } : {})}
      disabled={disabled || pending}
      aria-busy={pending}
      {...(command === undefined ? {} : commandProps(command))}
    >
      {pending ? <Spinner /> : null}
      {pending && pendingText ? pendingText : children}
    </Button>
  );
}
