import type { Command } from "./commands";

type RowCommand = Extract<Command["does"], { kind: "row" }>["what"];

const row = "[data-row], table.rows tbody tr";

function linkOf(one: Element | null): HTMLElement | null {
  return one?.querySelector<HTMLElement>("a[data-row-link]") ?? one?.querySelector<HTMLElement>("a") ?? null;
}

/**
 * Does something to the row that has the focus; the next and the previous row get it. A row of a list
 * has a link that opens it, the first one if none is marked, and perhaps a checkbox and a link that peeks. Answers whether there was one.
 */
export function onRow(what: RowCommand): boolean {
  if (what === "next" || what === "previous") return move(what === "next" ? 1 : -1);
  const here = currentRow();
  if (here === null) return false;
  if (what === "open") return click(linkOf(here));
  if (what === "peek") return click(here.querySelector("[data-row-peek]"));
  const box = here.querySelector<HTMLInputElement>("input[data-row-select]");
  if (box === null) return false;
  // As a click with the Shift key: whoever keeps the selection selects what is between.
  box.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: what === "range" }));
  return true;
}

/** The row with the focus, else the one that is looked at beside the list. */
function currentRow(): HTMLElement | null {
  return (
    document.activeElement?.closest<HTMLElement>(row) ??
    document.querySelector<HTMLElement>("[data-row][data-current]")
  );
}

function move(by: 1 | -1): boolean {
  const links = [...document.querySelectorAll(row)].flatMap((one) => linkOf(one) ?? []).filter(isShown);
  // On a page without rows: to the finding after this one.
  if (links.length === 0)
    return click(document.querySelector(`[data-command=${by === 1 ? "next" : "previous"}]`));
  const here = linkOf(currentRow());
  const at = here ? links.indexOf(here) : by === 1 ? -1 : links.length;
  const next = links[at + by];
  if (next === undefined) return true;
  next.focus({ preventScroll: true });
  next.closest(row)?.scrollIntoView({ block: "nearest" });
  const isPeeking = document.querySelector("[data-peek]") !== null;
  if (isPeeking) click(next.closest(row)?.querySelector("[data-row-peek]") ?? null);
  return true;
}

function isShown(node: HTMLElement): boolean {
  return node.getClientRects().length > 0;
}

function click(node: Element | null): boolean {
  if (!(node instanceof HTMLElement)) return false;
  node.click();
  return true;
}
