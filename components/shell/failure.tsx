"use client";

import { buttonClass } from "@/components/ui/button-class";
import { CopyButton } from "@/components/ui/copy-button";
import { Message } from "./message-page";

type Failed = Error & { readonly digest?: string };

/**
 * A page that could not be made. What failed on the server has an id (digest), under which the cause is logged. What
 * failed in the browser was logged nowhere, so the person gets the cause itself to pass on.
 */
export function Failure({
  error,
  retry,
  homeHref,
}: {
  readonly error: Failed;
  readonly retry: () => void;
  readonly homeHref: string;
}) {
  const isOffline = error.digest === undefined && typeof navigator !== "undefined" && !navigator.onLine;
  return (
    <Message
      title={isOffline ? "You are offline" : "This page could not be shown"}
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
      {isOffline ? (
        <p>Nothing was sent. Scans keep running; try again when you are online.</p>
      ) : error.digest === undefined ? (
        <InTheBrowser error={error} />
      ) : (
        <OnTheServer id={error.digest} />
      )}
    </Message>
  );
}

function OnTheServer({ id }: { readonly id: string }) {
  return (
    <>
      <p>Something failed on our side. Scans keep running, and nothing you saved is lost.</p>
      <p>If it happens again, send this id to your administrator: the cause is logged under it.</p>
      <p className="inline-flex items-center gap-1">
        <code translate="no" className="text-code">
          {id}
        </code>
        <CopyButton text={id} label="Copy id" />
      </p>
    </>
  );
}

function InTheBrowser({ error }: { readonly error: Failed }) {
  return (
    <>
      <p>Something failed in your browser. Scans keep running, and nothing you saved is lost.</p>
      <p>If it happens again, send these details to your administrator. They are logged nowhere.</p>
      <p className="flex flex-wrap items-center gap-1">
        <code translate="no" className="text-code [overflow-wrap:anywhere]">
          {error.name}: {error.message.slice(0, 300)}
        </code>
        <CopyButton text={`${error.name}: ${error.message}\n${error.stack ?? ""}`} label="Copy details" />
      </p>
    </>
  );
}
