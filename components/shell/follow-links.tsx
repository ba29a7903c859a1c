"use client";

import { useRouter } from "next/navigation";
import { useEffect, useTransition } from "react";
import { linkAway } from "./link-away";

/**
 * Goes where a Link leads without loading the page anew: once for the page and not once a link, of which the server
 * would pay for each. While the next page is read, a bar at the top of the window says so.
 */
export function FollowLinks() {
  const router = useRouter();
  const [isPending, start] = useTransition();
  useEffect(() => {
    const follow = (event: MouseEvent) => {
      const link = event.defaultPrevented ? null : linkAway(event);
      if (link === null || link.dataset["inPlace"] === undefined) return;
      event.preventDefault();
      const scroll = link.dataset["inPlace"] !== "unmoved";
      start(() => router.push(link.pathname + link.search + link.hash, { scroll }));
    };
    document.addEventListener("click", follow);
    return () => document.removeEventListener("click", follow);
  }, [router]);
  return isPending ? (
    <span role="status" className="page-on-its-way">
      <span className="sr-only">Loading</span>
    </span>
  ) : null;
}
