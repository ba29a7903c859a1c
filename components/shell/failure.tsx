"use client";

import { buttonClass } from "@/components/ui/button-class";
import { CopyButton } from "@/components/ui/copy-button";
import { Message } from "./message-page";

/** A page that could not be made. `digest` is the id under which the server logged the cause. */
export function Failure({
  digest,
  retry,
  homeHref,
}: {
  readonly digest: string | undefined;
  readonly retry: () => void;
  readonly homeHref: string;
}) {
  return (
    <Message
      title="This page could not be shown"
      actions={
        <>
          <button type="button" onClick={retry} className={buttonClass("primary")}>
            Try again
          </button>
          {/* A full load, not a navigation: whatever broke this page must not survive it. */}
          <a href={homeHref} className={buttonClass()}>
            Go to the start page
          </a>
        </>
      }
    >
      <p>Something failed on our side. Scans keep running, and nothing you saved is lost.</p>
      <p>If it happens again, send this id to your administrator: the cause is logged under it.</p>
      {digest ? (
        <p className="inline-flex items-center gap-1">
          <code translate="no" className="text-code">
            {digest}
          </code>
          <CopyButton text={digest} label="Copy id" />
        </p>
      ) : null}
    </Message>
  );
}
