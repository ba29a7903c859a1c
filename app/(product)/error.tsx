"use client";

import { Failure } from "@/components/shell/failure";
import { MessageFrame } from "@/components/shell/message-page";

export default function ProductError({
  error,
  reset,
}: {
  readonly error: Error & { digest?: string };
  readonly reset: () => void;
}) {
  return (
    <MessageFrame>
      <Failure error={error} retry={reset} homeHref="/" />
    </MessageFrame>
  );
}
