"use client";

import { useEffect, useRef, useState } from "react";

/** The announced sentence changes at most every 5 s, so that a screen reader can follow. */
export function useThrottled(text: string): string {
  const [shown, setShown] = useState(text);
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
  }, [text]);
  useEffect(() => {
    const timer = setInterval(() => setShown(latest.current), 5000);
    return () => clearInterval(timer);
  }, []);
  return shown;
}
