"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { isServerThere } from "@/components/ui/online";

/** Asks for the page's data again while it is shown, so that changes appear without a reload. */
export function RefreshEvery({ seconds }: { readonly seconds: number }) {
  const router = useRouter();
  useEffect(() => {
    let isGone = false;
    const timer = setInterval(() => {
      if (document.visibilityState !== "visible") return;
      void isServerThere().then((isThere) => {
        if (isThere && !isGone) router.refresh();
      });
    }, seconds * 1000);
    return () => {
      isGone = true;
      clearInterval(timer);
    };
  }, [router, seconds]);
  return null;
}
