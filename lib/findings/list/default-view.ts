import type { FindingFilter } from "./conditions";
import type { FindingQuery } from "./finding-query";

/**
 * What the page of the list shows for a query: while neither observation nor status is asked for, what calls for work.
 * That is what is open, in progress or awaiting verification, and what could not be read: losing access makes nothing go
 * away. The API has no such default, so that a program gets all findings unless it narrows them.
 *
 * Passes that are inferred, and all others, are told apart by their place: so the counts of the other tabs stay whole.
 */
export function withDefaultView(query: FindingQuery): FindingFilter {
  const { observation = [], status = [], assurance = [], ...rest } = query;
  if (observation.length === 0 && status.length === 0 && assurance.length === 0) {
    return { ...query, needsWork: true };
  }
  if (observation.join() !== "passing") return query;
  const kind = [...assurance].sort().join();
  if (kind === "INFERRED") return { ...rest, observation, status, inferred: true };
  if (kind === "PENDING,VERIFIED") return { ...rest, observation, status, inferred: false };
  return query;
}
