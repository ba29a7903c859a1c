"use client";

import { fontClasses } from "@/components/fonts";
import { Failure } from "@/components/shell/failure";
import "./globals.css";

/** The last resort: a root layout itself failed. */
export default function GlobalError({
  error,
  reset,
}: {
  readonly error: Error & { digest?: string };
  readonly reset: () => void;
}) {
  return (
    <html lang="en" className={fontClasses}>
      <body>
        <title>Something failed · Posturio</title>
        <main className="mx-auto min-h-dvh max-w-[620px] px-4 py-10">
          <Failure error={error} retry={reset} homeHref="/" />
        </main>
      </body>
    </html>
  );
}
