"use client";

import { useEffect, useRef } from "react";

/**
 * Box above a form that lists what is wrong and links to each field. It takes the focus when it appears, so that
 * a screen reader starts here. `fields` maps input ids to messages, as an ActionResult gives them.
 */
export function ErrorSummary({
  message,
  fields = {},
}: {
  readonly message: string;
  readonly fields?: Readonly<Record<string, string>>;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
  }, []);
  const entries = Object.entries(fields);
  // The use case's message is often that of its first field: said once is enough.
  const title = entries.some(([, text]) => text === message)
    ? `Please check ${entries.length === 1 ? "this field" : `these ${entries.length} fields`}:`
    : message;
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="alert"
      className="rounded-control border border-blind bg-blind-tint px-3 py-2 text-small text-ink"
    >
      <p className="font-semibold text-blind">{title}</p>
      {entries.length > 0 ? (
        <ul className="mt-1 grid gap-1">
          {entries.map(([id, text]) => (
            <li key={id}>
              <a href={`#${id}`} className="text-blind underline underline-offset-2">
                {text}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
