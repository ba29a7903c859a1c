import { useState } from "react";
import { type StaticBody, staticBodyId } from "./static-body";

/**
 * In a browser the article is the one already in the document. Should React ever have to render the page again, it
 * draws the same; until then it touches nothing.
 */
export const useStaticBody: StaticBody = () => {
  const [html] = useState(() => document.getElementById(staticBodyId)?.innerHTML ?? "");
  return { dangerouslySetInnerHTML: { __html: html }, suppressHydrationWarning: true };
};
