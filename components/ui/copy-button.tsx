"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { type CopyState, copyFrom, copySaidMs, copyWords } from "./copy-code";
import { cx } from "./cx";

/**
 * Copies `text`, or without it the code of the block around it, and says so, to the eye and to a screen reader. Code
 * is taken from the page, so that it is sent only once.
 */
export function CopyButton({
  text,
  label = "Copy",
  what,
  className,
}: {
  readonly text?: string;
  readonly label?: string;
  /** What it copies, for a screen reader: a page has many of these buttons. */
  readonly what?: string;
  readonly className?: string;
}) {
  const [state, setState] = useState<CopyState>("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), copySaidMs);
    return () => clearTimeout(timer);
  }, [state]);
  const words = state === "idle" ? label : copyWords[state];
  return (
    <button
      type="button"
      onClick={({ currentTarget }) => void copyFrom(currentTarget, text).then(setState)}
      className={cx("tool", className)}
    >
      {state === "copied" ? (
        <Check size={14} strokeWidth={1.8} aria-hidden="true" className="text-proven" />
      ) : (
        <Copy size={14} strokeWidth={1.6} aria-hidden="true" />
      )}
      <span aria-live="polite">{words}</span>
      {what === undefined ? null : <span className="sr-only">{` ${what}`}</span>}
    </button>
  );
}
