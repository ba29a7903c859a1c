"use client";

import { useEffect } from "react";

/** Marks the line of the section that is being read in the list `nav` names by its id. The links work without it. */
export function FollowScroll({ nav }: { readonly nav: string }) {
  useEffect(() => {
    const links = [...(document.getElementById(nav)?.querySelectorAll("a") ?? [])];
    const sections = links.flatMap((link) => document.getElementById(link.hash.slice(1)) ?? []);
    const inView = new Set<Element>();
    const mark = () => {
      const current = sections.find((section) => inView.has(section));
      if (current === undefined) return;
      for (const link of links) {
        if (link.hash === `#${current.id}`) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    };
    // A section counts from when its beginning has passed the upper third.
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) inView.add(target);
          else inView.delete(target);
        }
        mark();
      },
      { rootMargin: "-10% 0px -60% 0px" },
    );
    for (const section of sections) observer.observe(section);
    return () => observer.disconnect();
  });
  return null;
}
