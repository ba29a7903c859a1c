"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { commandProps } from "@/components/keys/commands";
import { Keys } from "@/components/keys/keys";
import { buttonClass } from "@/components/ui/button-class";
import { type CopyState, copySaidMs, copyWords } from "@/components/ui/copy-code";

/** Copies the code of the fix that is shown, as its own button does, and brings it into view. */
export function CopyFix() {
  const [state, setState] = useState<CopyState>("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), copySaidMs);
    return () => clearTimeout(timer);
  }, [state]);
  return (
    <div className="main-action">
      <button
        type="button"
        className={buttonClass("primary")}
        {...commandProps("copy-fix")}
        onClick={() => {
          const code = document.querySelector("#fix [data-state=active] pre, #fix pre:not(.tab-panel *)");
          code?.scrollIntoView({ block: "nearest" });
          void navigator.clipboard.writeText(code?.textContent ?? "").then(
            () => setState("copied"),
            () => setState("failed"),
          );
        }}
      >
        {state === "copied" ? (
          <Check size={16} strokeWidth={1.8} aria-hidden="true" />
        ) : (
          <Copy size={16} strokeWidth={1.7} aria-hidden="true" />
        )}
        <span aria-live="polite">{state === "idle" ? "Copy the fix" : copyWords[state]}</span>
        <Keys of="." />
      </button>
    </div>
  );
}
