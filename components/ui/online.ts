/** Heard by OfflineBar: something was not sent because the browser is offline. */
export const refusedOffline = "posturio:refused-offline";

/** Whether the browser knows that it has no connection. That it has one says nothing of the server. */
export function isOffline(): boolean {
  return !navigator.onLine;
}

/** True, and said on the page, when nothing can be sent now. */
export function refuseOffline(): boolean {
  if (!isOffline()) return false;
  window.dispatchEvent(new Event(refusedOffline));
  return true;
}

/** Whether the server can be reached. Reading a page in vain would put the browser's own error in its place. */
export async function isServerThere(): Promise<boolean> {
  if (isOffline()) return false;
  return fetch("/api/health/live", { cache: "no-store" }).then(
    ({ ok }) => ok,
    () => false,
  );
}
