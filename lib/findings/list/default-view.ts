import type { FindingFilter } from "./conditions";
import type { FindingQuery } from "./finding-query";

/**
 * What the page of the list shows for a query: while neither observation nor status is asked for, what calls for work.
 * That is what is open, in progress or awaiting verification, and what could not be read: losing access makes nothing go
 * away. The API has no such default, so that a program gets all findings unless it narrows them.
 */
export function withDefaultView(query: FindingQuery): FindingFilter {
  const isNarrowed = [query.observation, query.status].some((list) => list !== undefined && list.length > 0);
  return isNarrowed ? query : { ...query, needsWork: true };
}
