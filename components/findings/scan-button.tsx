"use client";

import { useEffect } from "react";
import { useFormStatus } from "react-dom";
import type { ButtonVariant } from "@/components/ui/button-class";
import { ActionForm } from "@/components/ui/form/action-form";
import { SubmitButton } from "@/components/ui/form/submit-button";
import type { FormAction } from "@/lib/input/form-view";
import { useVisit } from "./visit";

/** Asks for a scan and stays on the page: the strip above the verdict says so at once. */
export function ScanButton({
  action,
  finding,
  variant,
}: {
  readonly action: FormAction;
  readonly finding: string;
  readonly variant: ButtonVariant;
}) {
  return (
    <ActionForm action={action} values={{ key: finding }} className="grid gap-2">
      <div>
        <SubmitButton command="scan" variant={variant} pendingText="Starting…">
          Scan now
        </SubmitButton>
      </div>
      <TellsTheStrip />
    </ActionForm>
  );
}

function TellsTheStrip() {
  const { pending } = useFormStatus();
  const { setStarting } = useVisit();
  useEffect(() => setStarting(pending), [pending, setStarting]);
  return null;
}
