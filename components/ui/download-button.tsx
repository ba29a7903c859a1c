"use client";

import { Download } from "lucide-react";
import { cx } from "./cx";

/** Saves the code of the block around it as a file. The text is taken from the page, so it is sent only once. */
export function DownloadButton({ file, className }: { readonly file: string; readonly className?: string }) {
  return (
    <button
      type="button"
      onClick={({ currentTarget }) => {
        const text = currentTarget.closest("[data-code-block]")?.querySelector("pre")?.textContent ?? "";
        const url = URL.createObjectURL(new Blob([`${text}\n`], { type: "text/plain" }));
        const link = document.createElement("a");
        link.href = url;
        link.download = file;
        link.click();
        URL.revokeObjectURL(url);
      }}
      className={cx(
        "inline-flex min-h-7 items-center gap-[6px] rounded-control px-2 text-small font-semibold text-ink-2 hover:bg-surface hover:text-ink max-md:min-h-9",
        className,
      )}
    >
      <Download size={14} strokeWidth={1.6} aria-hidden="true" />
      <span>
        Download<span className="sr-only"> {file}</span>
      </span>
    </button>
  );
}
