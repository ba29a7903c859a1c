import { useState } from "react";
import { type StaticBody, staticBodyId } from "./static-body";

/**
 * In a browser the article is the one that stands in the document. Should React ever have to draw the page anew, it
 * draws the same; until then it touches nothing.
 */
export const useStaticBody: StaticBody = () => {
  const [html] = useState(() => document.getElementById(staticBodyId)?.innerHTML ?? "");
  return { dangerouslySetInnerHTML: { __html: html }, suppressHydrationWarning: true };
};
