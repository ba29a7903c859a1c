"use client";

import { useRouter } from "next/navigation";
import { useEffect, useTransition } from "react";
import { buttonClass } from "@/components/ui/button-class";

const leastMs = 3_000;
const mostMs = 15_000;

/** Asks for the page again, at longer and longer intervals, and when somebody says so. */
export function RetryPage() {
  const router = useRouter();
  const [isPending, start] = useTransition();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const wait = (ms: number) => {
      // Apart by up to a third, so that all open pages do not come back in the same moment.
      timer = setTimeout(
        () => {
          if (document.visibilityState === "visible") start(() => router.refresh());
          wait(Math.min(ms * 1.5, mostMs));
        },
        ms * (1 + Math.random() / 3),
      );
    };
    wait(leastMs);
    return () => clearTimeout(timer);
  }, [router]);
  return (
    <button
      type="button"
      className={buttonClass("primary")}
      aria-disabled={isPending}
      onClick={() => start(() => router.refresh())}
    >
      {isPending ? "Trying…" : "Try again"}
    </button>
  );
}
