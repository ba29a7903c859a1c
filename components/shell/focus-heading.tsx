"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

/**
 * After going to another page the focus is at its heading, where a full load of the page would have begun to read. The
 * framework leaves it on the body, or on a link that is gone.
 */
export function FocusHeading() {
  const pathname = usePathname();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    const heading = document.querySelector<HTMLElement>("h1");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
  }, [pathname]);
  return null;
}
