export type CopyState = "idle" | "copied" | "failed";

/** What a copy button says after a click. */
export const copyWords = { copied: "Copied", failed: "Press Ctrl+C" } as const;

/** How long it says so, in milliseconds. */
export const copySaidMs = 2500;

/** Puts the code of the block around the button into the clipboard; with `text`, that. */
export function copyFrom(button: Element, text?: string): Promise<"copied" | "failed"> {
  const code = button.closest("[data-code-block]")?.querySelector("pre")?.textContent ?? "";
  return navigator.clipboard.writeText(text ?? code).then(
    () => "copied",
    () => "failed",
  );
}

/** The same for a copy button that React does not know: it says what happened in the button's own words. */
export async function copyCodeOf(button: Element): Promise<void> {
  const said = button.querySelector("[aria-live]");
  if (said === null || !button.closest("[data-code-block]")) return;
  const words = copyWords[await copyFrom(button)];
  const before = said.textContent;
  if (before === words) return;
  said.textContent = words;
  setTimeout(() => {
    said.textContent = before;
  }, copySaidMs);
}
