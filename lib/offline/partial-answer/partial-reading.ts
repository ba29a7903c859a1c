import type { SentencePart } from "@/lib/checks/description";
import type { SavedProblem } from "@/lib/offline/saved-answers/saved-format";

/** What one answer of AWS settles, and what it leaves open. It is never a pass: that takes every Region. */
export interface PartialAnswer {
  readonly verdict: "FAIL" | "NOT_EVALUATED";
  readonly sentence: readonly SentencePart[];
  readonly proves: readonly string[];
  readonly leavesOpen: readonly string[];
  readonly next: { readonly text: string; readonly command?: string };
}

export type PartialReading =
  | { readonly answer: PartialAnswer }
  | { readonly problems: readonly SavedProblem[] };
