"use client";

import { useEffect, useState } from "react";

/**
 * Follows a server-sent stream of whole states at `url`; when the stream cannot be kept open it asks for the same
 * state as JSON, every 2 s at first and every 10 s at last. Stops when `isDone` says so.
 */
export function useLive<T>(
  url: string,
  initial: T,
  isDone: (state: T) => boolean,
): { readonly state: T; readonly lost: boolean } {
  const [state, setState] = useState(initial);
  const [lost, setLost] = useState(false);
  const done = isDone(state);

  useEffect(() => {
    if (done) return;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;
    const source = typeof EventSource === "undefined" ? null : new EventSource(url);

    const take = (text: string) => {
      if (stopped) return;
      failures = 0;
      setLost(false);
      setState(JSON.parse(text) as T);
    };

    const poll = async (wait: number) => {
      if (stopped) return;
      try {
        const response = await fetch(url, { headers: { accept: "application/json" }, cache: "no-store" });
        if (!response.ok) throw new Error(String(response.status));
        take(await response.text());
      } catch {
        setLost(true);
      }
      if (!stopped) timer = setTimeout(() => void poll(Math.min(wait * 1.5, 10_000)), wait);
    };

    if (source) {
      source.onmessage = (event) => take(String(event.data));
      source.onerror = () => {
        failures += 1;
        // The browser reconnects on its own; a proxy that cuts streams makes it fail again and again.
        if (failures < 3 && source.readyState !== EventSource.CLOSED) return;
        source.close();
        void poll(2000);
      };
    } else {
      void poll(2000);
    }

    return () => {
      stopped = true;
      source?.close();
      clearTimeout(timer);
    };
  }, [url, done]);

  return { state, lost };
}
