import type { Analysis } from "@/lib/checks/cloudtrail/not-multi-region/rules/decide";
import type { RemediationChoice } from "@/lib/checks/cloudtrail/not-multi-region/rules/remediation";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";

/** What the words are derived from. */
export interface WordsInput {
  readonly analysis: Analysis;
  readonly choice: RemediationChoice;
  readonly context: EvaluationContext & { readonly accountName: string };
}

/** Enabled Regions by state. */
export interface Counts {
  readonly all: number;
  readonly covered: number;
  readonly partial: number;
  readonly uncovered: number;
  readonly unknown: number;
}

export function countStates({ coverage }: Analysis): Counts {
  const of = (state: string) => coverage.filter((region) => region.state === state).length;
  return {
    all: coverage.length,
    covered: of("covered"),
    partial: of("partial"),
    uncovered: of("uncovered"),
    unknown: of("unknown"),
  };
}
