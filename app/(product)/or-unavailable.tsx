import type { ReactNode } from "react";
import { Unavailable, UnavailablePage } from "@/components/shell/unavailable";
import { isPageUnavailable } from "@/lib/http/page";

/**
 * Wraps every page and layout that reads the database: while that is away they answer 503 and show why, also without
 * scripts. The error page comes from scripts alone, always with 500, and is for faults. `whole`: nothing frames it.
 */
export function orUnavailable<P>(
  render: (props: P) => Promise<ReactNode>,
  place: "framed" | "whole" = "framed",
): (props: P) => Promise<ReactNode> {
  return async (props) => {
    try {
      return await render(props);
    } catch (error) {
      if (!(await isPageUnavailable(error))) throw error;
      return place === "whole" ? <UnavailablePage /> : <Unavailable />;
    }
  };
}
