/** The control on this page that a command presses: one that is seen and can be used. */
export function controlOf(id: string): HTMLElement | null {
  const all = document.querySelectorAll<HTMLElement>(`[data-command="${CSS.escape(id)}"]`);
  return [...all].find((one) => one.getClientRects().length > 0 && !one.matches(":disabled")) ?? null;
}

/** Uses the control of a command as a click does; a field gets the focus. Answers whether there was one. */
export function press(id: string): boolean {
  const control = controlOf(id);
  if (control === null) return false;
  if (control.matches("input:not([type=checkbox]), textarea, select")) {
    control.focus();
    control.scrollIntoView({ block: "nearest" });
    if (control instanceof HTMLInputElement) control.select();
  } else if (control.matches("[role=tab]")) {
    // Chosen by the focus: a click alone, without the pointer that goes down before it, is not enough.
    control.focus();
  } else {
    control.click();
  }
  return true;
}

/** Whether what is typed now is text, or belongs to a menu or a dialog. */
export function isTyping({ target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches("textarea, select")) return true;
  if (target.matches("input:not([type=checkbox], [type=radio], [type=button], [type=submit])")) return true;
  return target.closest("[role=menu], [role=dialog], [role=alertdialog], [role=listbox]") !== null;
}
