import type { ComponentProps } from "react";
import { SubmitButton } from "./submit-button";

/** Submit button with what came of it beside it, read out when it appears. */
export function SubmitRow({
  said,
  ...button
}: ComponentProps<typeof SubmitButton> & { readonly said: string }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <SubmitButton {...button} />
      <p role="status" className="text-small text-proven">
        {said}
      </p>
    </div>
  );
}
