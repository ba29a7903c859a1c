import { factTraits } from "./fact-traits";
import type { EvidenceByFact, FactName, Facts } from "./facts";

/** What the last scan of a connected account shows of others in its AWS organization. */
export interface RelatedEvidence {
  readonly accountId: string;
  readonly byFact: Partial<EvidenceByFact>;
}

/** The evidence in the facts of one account, each piece made by the fact it comes from. */
export function relatedEvidence(accountId: string, facts: Partial<Facts>): RelatedEvidence {
  const pieces = (Object.keys(factTraits) as FactName[]).flatMap((name) => {
    const piece = factTraits[name]?.evidence?.(facts);
    return piece === undefined ? [] : [[name, piece] as const];
  });
  return { accountId, byFact: Object.fromEntries(pieces) };
}
