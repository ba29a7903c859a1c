import type { ReactNode } from "react";
import type { SentencePart } from "@/lib/checks/description";
import type { ProofPlace } from "./proof-place";

/** What the page of a finding says of its proof. */
export interface FindingProof {
  /** Where the panel stands; null where there is nothing to show. */
  readonly place: ProofPlace | null;
  readonly panel: ReactNode | null;
  /** Said in place of the verdict. */
  readonly sentence: readonly SentencePart[] | null;
  /** What the reader may have done about it. */
  readonly actions: ReactNode | null;
}
