"use client";

import { Download } from "lucide-react";

/** Saves the code of the block around it as a file. The text is taken from the page, so it is sent only once. */
export function DownloadButton({ file }: { readonly file: string }) {
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
      className="tool"
    >
      <Download size={14} strokeWidth={1.6} aria-hidden="true" />
      <span>
        Download<span className="sr-only"> {file}</span>
      </span>
    </button>
  );
}
