"use client";

import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";
import { count } from "@/lib/text";

type Style = "relative" | "absolute" | "date" | "clock";

const utc = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "medium",
  timeStyle: "medium",
  timeZone: "UTC",
  hour12: false,
});

/** One clock for all times on the page: ticks every 30 s, and says `null` on the server and while hydrating. */
let now = 0;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = businessNow();
    for (const notify of listeners) notify();
  }, 30_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
      now = 0;
    }
  };
}

/** What a page learns between two ticks would lie ahead of the clock, and read "in a moment". */
const mostBehindMs = 5_000;

function clientNow(): number {
  const exact = businessNow();
  if (exact - now > mostBehindMs) now = exact;
  return now;
}

/** The browser's clock, and ahead of it where a demo says so: see AppShell. */
export function businessNow(): number {
  const ahead = document.querySelector<HTMLElement>("[data-ahead-seconds]")?.dataset["aheadSeconds"];
  return Date.now() + Number(ahead ?? 0) * 1000;
}

const MadeAt = createContext<number | null>(null);

/**
 * Says below it when the server made the page (milliseconds, on the installation's clock). "6 min ago" is the same text
 * before and after hydration then: lines that break in another place would move everything below them.
 */
export function PageClock({ at, children }: { readonly at: number; readonly children: ReactNode }) {
  return <MadeAt value={at}>{children}</MadeAt>;
}

/** When the server made the page; null outside PageClock. */
export function usePageMade(): number | null {
  return useContext(MadeAt);
}

/** "6 min ago", "in 3 h", "2 days ago". */
export function relativeTime(at: number, from: number): string {
  const seconds = Math.round((from - at) / 1000);
  const past = seconds >= 0;
  const size = Math.abs(seconds);
  const words =
    size < 45
      ? null
      : size < 5400
        ? `${Math.max(1, Math.round(size / 60))} min`
        : size < 86_400
          ? `${Math.round(size / 3600)} h`
          : size < 86_400 * 45
            ? count(Math.round(size / 86_400), "day")
            : `${Math.round(size / (86_400 * 30.4))} months`;
  if (words === null) return past ? "just now" : "in a moment";
  return past ? `${words} ago` : `in ${words}`;
}

const styles: Readonly<Record<Exclude<Style, "relative">, Intl.DateTimeFormatOptions>> = {
  absolute: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hour12: false },
  date: { day: "numeric", month: "short", year: "numeric" },
  clock: { timeStyle: "medium", hour12: false },
};

/** Making a format costs a hundred times what using it does, and a list has a hundred times. */
const formats = new Map<string, Intl.DateTimeFormat>();

function format(at: Date, style: Style, timeZone: "UTC" | undefined): string {
  const name = style === "relative" ? "absolute" : style;
  const key = `${name} ${timeZone}`;
  let formatter = formats.get(key);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat("en-GB", { ...styles[name], ...(timeZone ? { timeZone } : {}) });
    formats.set(key, formatter);
  }
  return formatter.format(at);
}

/**
 * A moment in the reader's own time, UTC on hover. The server knows how long ago it is, but no time zone: it writes UTC,
 * and the browser puts it into local time after hydration, so both render the same first.
 */
export function Time({ at, style = "relative" }: { readonly at: string; readonly style?: Style }) {
  const current = useSyncExternalStore(subscribe, clientNow, () => null);
  const madeAt = usePageMade();
  const moment = new Date(at);
  const from = current ?? madeAt;
  const text =
    style === "relative" && from !== null
      ? relativeTime(moment.getTime(), from)
      : current === null
        ? `${format(moment, style, "UTC")}${style === "date" ? "" : " UTC"}`
        : format(moment, style, undefined);
  const title =
    current === null
      ? undefined
      : `${format(moment, "absolute", undefined)} local · ${utc.format(moment)} UTC`;
  return (
    <time dateTime={at} title={title}>
      {text}
    </time>
  );
}
