"use client";

import { useEffect, useState } from "react";
import { businessNow, usePageMade } from "@/components/ui/time";

/**
 * The time in milliseconds, which passes every second while `isRunning`. The server's for the first rendering, so that
 * the browser begins with the same.
 */
export function useNow(isRunning: boolean, otherwise: string): number {
  const madeAt = usePageMade();
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    if (!isRunning) return;
    setNow(businessNow());
    const timer = setInterval(() => setNow(businessNow()), 1000);
    return () => clearInterval(timer);
  }, [isRunning]);
  return now ?? madeAt ?? Date.parse(otherwise);
}
