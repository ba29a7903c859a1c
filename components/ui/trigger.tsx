import { cloneElement, isValidElement, type ReactNode } from "react";

/**
 * The button of a menu or dialog as it reads while that is closed. The server renders it in place of the library's own:
 * closed is all it can be there, and every page has several, each with contexts and ids that nobody needs yet.
 */
export function ClosedTrigger({
  opens,
  children,
}: {
  readonly opens: "menu" | "dialog";
  /** A button element. */
  readonly children: ReactNode;
}) {
  if (!isValidElement<Record<string, unknown>>(children)) return children;
  return cloneElement(children, { "aria-haspopup": opens, "aria-expanded": false, "data-state": "closed" });
}
