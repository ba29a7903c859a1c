"use client";

import { useEffect, useRef } from "react";
import { useStaticBody } from "#static-body";
import { copyCodeOf } from "@/components/ui/copy-code";
import { staticBodyId } from "./static-body/static-body";

/**
 * The article of a check, which never changes once it is there. A server component would be sent twice, as HTML and
 * as data to draw it again: more than half of a long page. So it is drawn by the server's build of this component
 * (`#static-body` in package.json), and a browser keeps what it was sent. Only the copy buttons do something.
 */
export function StaticArticle({ checkId, origin }: { readonly checkId: string; readonly origin: string }) {
  const article = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = article.current;
    const copy = ({ target }: Event) => {
      const button = target instanceof Element ? target.closest("button") : null;
      if (button) void copyCodeOf(button);
    };
    element?.addEventListener("click", copy);
    return () => element?.removeEventListener("click", copy);
  }, []);
  return <div id={staticBodyId} ref={article} {...useStaticBody(checkId, origin)} />;
}
