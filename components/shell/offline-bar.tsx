"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { isOffline, refusedOffline, refuseOffline } from "@/components/ui/online";
import { linkAway } from "./link-away";

function subscribe(changed: () => void): () => void {
  window.addEventListener("online", changed);
  window.addEventListener("offline", changed);
  return () => {
    window.removeEventListener("online", changed);
    window.removeEventListener("offline", changed);
  };
}

/**
 * While the browser is offline the page stays as it is, and says so. A link or a form would end in the browser's own
 * error page, or in ours, with everything that was typed gone; so neither is followed.
 */
export function OfflineBar() {
  const offline = useSyncExternalStore(subscribe, isOffline, () => false);
  const [refusals, setRefusals] = useState(0);
  useEffect(() => {
    if (!offline) return;
    const stop = (event: Event) => {
      if ((event instanceof MouseEvent && linkAway(event) === null) || !refuseOffline()) return;
      event.preventDefault();
      event.stopPropagation();
    };
    const refused = () => setRefusals((n) => n + 1);
    // Before the framework hears of it: its listeners are at the document.
    window.addEventListener("click", stop, true);
    window.addEventListener("submit", stop, true);
    window.addEventListener(refusedOffline, refused);
    return () => {
      window.removeEventListener("click", stop, true);
      window.removeEventListener("submit", stop, true);
      window.removeEventListener(refusedOffline, refused);
      setRefusals(0);
    };
  }, [offline]);
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-4 z-50 flex justify-center px-4 max-md:bottom-[calc(64px+env(safe-area-inset-bottom))]"
    >
      {offline ? (
        // A new element each time, so that it is read out each time.
        <p
          key={refusals}
          className="animate-arrive rounded-control border border-line-strong bg-ink px-4 py-[10px] font-semibold text-paper shadow-overlay"
        >
          You are offline. {refusals > 0 ? "Nothing was sent." : "This page stays as it is."}
        </p>
      ) : null}
    </div>
  );
}
