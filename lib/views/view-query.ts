import { findingQueryText, queryOfText } from "@/lib/findings/list/finding-url";

/** The filters of the list's address in their one order, so that two addresses that show the same are the same text. */
export function viewQuery(text: string): string {
  return findingQueryText(queryOfText(text));
}
