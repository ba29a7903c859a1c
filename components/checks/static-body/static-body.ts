import type { ComponentProps } from "react";

/** Where the article is in the document. */
export const staticBodyId = "article";

/** What the element of the article gets: its content on the server, nothing new in a browser. */
export type StaticBody = (
  checkId: string,
  origin: string,
) => Pick<ComponentProps<"div">, "children" | "dangerouslySetInnerHTML" | "suppressHydrationWarning">;
