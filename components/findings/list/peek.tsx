"use client";

import { ChevronLeft, ChevronRight, X } from "lucide-react";
import { useEffect } from "react";
import { commandProps } from "@/components/keys/commands";
import { onRow } from "@/components/keys/rows";
import { LoadedPart, PartsOf, type ReadPart } from "@/components/ui/folded";
import { usePeek } from "./peek-address";

/** A finding beside its list, so that one can look through the list without leaving it. */
export function Peek({ organization, read }: { readonly organization: string; readonly read: ReadPart }) {
  const [peek, show] = usePeek();
  // The row it is about is marked, and the list makes room.
  useEffect(() => {
    if (peek === null) return;
    const row = document.querySelector<HTMLElement>(`[data-row="${CSS.escape(peek)}"]`);
    row?.setAttribute("data-current", "");
    return () => row?.removeAttribute("data-current");
  }, [peek]);
  if (peek === null) return null;
  const close = () => {
    const link = document.querySelector<HTMLElement>(`[data-row="${CSS.escape(peek)}"] a[data-row-link]`);
    show(null);
    link?.focus();
  };
  return (
    <aside aria-label={`Peek: ${peek}`} data-peek className="peek">
      <header>
        <code translate="no">{/^PST-/.test(peek) ? peek : ""}</code>
        <span className="flex gap-1">
          <button type="button" aria-label="Previous finding" onClick={() => onRow("previous")}>
            <ChevronLeft size={16} strokeWidth={1.6} aria-hidden="true" />
          </button>
          <button type="button" aria-label="Next finding" onClick={() => onRow("next")}>
            <ChevronRight size={16} strokeWidth={1.6} aria-hidden="true" />
          </button>
          <button type="button" aria-label="Close" {...commandProps("clear")} onClick={close}>
            <X size={16} strokeWidth={1.6} aria-hidden="true" />
          </button>
        </span>
      </header>
      <PartsOf key={peek} read={read} organization={organization} of={peek}>
        <LoadedPart part="peek" />
      </PartsOf>
    </aside>
  );
}
