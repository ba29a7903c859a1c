"use client";

import { fontClasses } from "@/components/fonts";
import { Failure } from "@/components/shell/failure";
import { MessageFrame } from "@/components/shell/message-page";
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
        <MessageFrame>
          <Failure error={error} retry={reset} homeHref="/" />
        </MessageFrame>
      </body>
    </html>
  );
}
