"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Asks for the page's data again while it is shown, so that changes appear without a reload. */
export function RefreshEvery({ seconds }: { readonly seconds: number }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, seconds * 1000);
    return () => clearInterval(timer);
  }, [router, seconds]);
  return null;
}
