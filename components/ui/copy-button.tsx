"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { cx } from "./cx";

/** Copies `text` and says so, to the eye and to a screen reader. */
export function CopyButton({
  text,
  label = "Copy",
  className,
}: {
  readonly text: string;
  readonly label?: string;
  readonly className?: string;
}) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), 2500);
    return () => clearTimeout(timer);
  }, [state]);
  const words = { idle: label, copied: "Copied", failed: "Press Ctrl+C" }[state];
  return (
    <button
      type="button"
      onClick={() => {
        navigator.clipboard.writeText(text).then(
          () => setState("copied"),
          () => setState("failed"),
        );
      }}
      className={cx(
        "inline-flex min-h-7 items-center gap-[6px] rounded-control px-2 text-small font-semibold text-ink-2 hover:bg-surface hover:text-ink max-md:min-h-9",
        className,
      )}
    >
      {state === "copied" ? (
        <Check size={14} strokeWidth={1.8} aria-hidden="true" className="text-proven" />
      ) : (
        <Copy size={14} strokeWidth={1.6} aria-hidden="true" />
      )}
      <span aria-live="polite">{words}</span>
    </button>
  );
}
