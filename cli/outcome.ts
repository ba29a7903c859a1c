import type { CheckDefinition } from "@/lib/checks/check";
import type { Description } from "@/lib/checks/description";
import type { Evaluation } from "@/lib/checks/evaluation";
import type { ReadFailure } from "@/lib/checks/facts/reading";

/** One evaluation with everything that the formats print of it. */
export interface Outcome {
  readonly check: CheckDefinition;
  /** Null when AWS did not say whose account this is. */
  readonly accountId: string | null;
  /** As AWS names it, whether it can be judged or not. */
  readonly partition: string;
  readonly evaluation: Evaluation;
  readonly description: Description;
  /** Why there is no session in the account. */
  readonly connectionFailure: ReadFailure | undefined;
  /** Everything that could not be read, each kind of failure once per call and Region. */
  readonly failures: readonly ReadFailure[];
  readonly apiCalls: number;
  readonly durationMs: number;
  /** What was judged, where it was no live account: a file name. */
  readonly source?: string;
}

export interface FormatOptions {
  readonly version: string;
  readonly explain: boolean;
  readonly ascii: boolean;
  readonly color: boolean;
}

/** `Account 333333333333` as the subject of a line. */
export function accountName({ accountId }: Outcome): string {
  return accountId === null ? "unknown account" : `account ${accountId}`;
}

export function sentenceOf({ description }: Outcome): string {
  return description.sentence.map((part) => part.text).join("");
}
