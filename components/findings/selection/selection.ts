import { useSyncExternalStore } from "react";

/**
 * What is selected in the list of findings. It lives for the visit, beside the pages: the next page of the list keeps
 * it, and a list that is narrowed otherwise begins without one, so that nothing is changed that nobody sees any more.
 */
export interface Selection {
  readonly keys: ReadonlySet<string>;
  /** Keys on the page that is shown, in its order. */
  readonly shown: readonly string[];
}

const none: Selection = { keys: new Set(), shown: [] };

let list = "";
let state = none;
/** Where a range begins: the row that was clicked last. */
let anchor: string | null = null;
const listeners = new Set<() => void>();

function set(change: Partial<Selection>): void {
  state = { ...state, ...change };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the finding is selected. */
export function useIsSelected(key: string): boolean {
  return useSyncExternalStore(
    subscribe,
    () => state.keys.has(key),
    () => false,
  );
}

/** What is selected now. */
export function selected(): Selection {
  return state;
}

export function useSelection(): Selection {
  return useSyncExternalStore(subscribe, selected, () => none);
}

/** How many of these are selected: all, some or none. */
export function useShare(keys: readonly string[]): "all" | "some" | "none" {
  return useSyncExternalStore(
    subscribe,
    () => shareOf(keys),
    () => "none",
  );
}

function shareOf(keys: readonly string[]): "all" | "some" | "none" {
  const n = keys.filter((key) => state.keys.has(key)).length;
  return n === 0 ? "none" : n === keys.length ? "all" : "some";
}

/** The page shows these rows of a list; `name` is the list with its filters. Answers how to say that it no longer does. */
export function showRows(name: string, shown: readonly string[]): () => void {
  if (name !== list) {
    list = name;
    anchor = null;
    set({ keys: new Set(), shown });
  } else set({ shown });
  return () => set({ shown: [] });
}

/** Selects what was not selected, and the other way around. */
export function toggle(key: string): void {
  anchor = key;
  select([key], !state.keys.has(key));
}

/** Does to everything from the row of the last toggle to this one, on this page, what was done to that row. */
export function selectRange(key: string): void {
  const [from, to] = [state.shown.indexOf(anchor ?? key), state.shown.indexOf(key)];
  if (from < 0 || to < 0 || anchor === null) toggle(key);
  else select(state.shown.slice(Math.min(from, to), Math.max(from, to) + 1), state.keys.has(anchor));
}

export function select(keys: readonly string[], isSelected: boolean): void {
  const next = new Set(state.keys);
  for (const key of keys) {
    if (isSelected) next.add(key);
    else next.delete(key);
  }
  set({ keys: next });
}

export function clear(): void {
  anchor = null;
  set({ keys: new Set() });
}
