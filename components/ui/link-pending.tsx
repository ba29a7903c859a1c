"use client";

import { useLinkStatus } from "next/link";

/** Inside a link: while the page behind it is read, a bar at the top of the window. Nothing at all otherwise. */
export function LinkPending() {
  const { pending } = useLinkStatus();
  return pending ? (
    <span role="status" className="page-on-its-way">
      <span className="sr-only">Loading</span>
    </span>
  ) : null;
}
