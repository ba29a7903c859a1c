import type { ResourceChange } from "./plan-json";

export function isReplaced(actions: readonly string[]): boolean {
  return actions.includes("delete") && actions.includes("create");
}

export function changesAnything(actions: readonly string[]): boolean {
  return actions.some((action) => ["create", "update", "delete"].includes(action));
}

/** `forget` leaves the object in AWS as it is, and so does a change that is none. */
export function isLeft({ actions }: ResourceChange): boolean {
  return actions.includes("forget") || !changesAnything(actions);
}
