"use client";

import { Failure } from "@/components/shell/failure";

export default function ProductError({
  error,
  reset,
}: {
  readonly error: Error & { digest?: string };
  readonly reset: () => void;
}) {
  return (
    <main className="mx-auto min-h-dvh max-w-[620px] px-4 py-10">
      <Failure error={error} retry={reset} homeHref="/" />
    </main>
  );
}
