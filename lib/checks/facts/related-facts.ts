import { factTraits } from "./fact-traits";
import type { FactName, Facts, RelatedByFact } from "./facts";

/** What the last scan of a connected account shows of others in its AWS organization. */
export interface RelatedFacts {
  readonly accountId: string;
  readonly byFact: Partial<RelatedByFact>;
}

/** What the facts of one account show of others, each piece taken by the trait of its fact. */
export function relatedFacts(accountId: string, facts: Partial<Facts>): RelatedFacts {
  const pieces = (Object.keys(factTraits) as FactName[]).flatMap((name) => {
    const piece = factTraits[name]?.related?.(facts);
    return piece === undefined ? [] : [[name, piece] as const];
  });
  return { accountId, byFact: Object.fromEntries(pieces) };
}
