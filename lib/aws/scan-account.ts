import type { CheckDefinition } from "@/lib/checks/check";
import type { Evaluation } from "@/lib/checks/evaluation";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import { type CollectInput, type Collection, collect } from "./collect";

/** What a collection is judged in, with whatever else the caller derives from it at the same moment. */
export interface Judging {
  readonly context: EvaluationContext;
}

export interface ScanAccountInput<J extends Judging> extends Omit<CollectInput, "needs"> {
  readonly checks: readonly CheckDefinition[];
  /** Asked once for what was read so far, and once more when further facts were read. */
  judging(collection: Collection): J;
}

export interface ScannedAccount<J extends Judging> {
  readonly collection: Collection;
  /** What every one of the evaluations was given. Code that stores them stores this context with them. */
  readonly judging: J;
  readonly evaluations: readonly { readonly check: CheckDefinition; readonly evaluation: Evaluation }[];
}

/**
 * Reads an account for some checks and has each judge it: first with the facts every scan reads, and where that
 * gives no pass again with those read only then. The one sequence for the worker and the command line.
 *
 * All checks judge one collection in one frozen context: a clock that moved between two of them, or between an
 * evaluation and its record, would leave a record from which the same verdict cannot be reached again.
 */
export async function scanAccount<J extends Judging>(input: ScanAccountInput<J>): Promise<ScannedAccount<J>> {
  const { checks, judging: judgingOf, ...source } = input;
  const needs = [...new Set(checks.flatMap((check) => check.needs))];
  const collection = await collect({ ...source, needs });
  try {
    const judge = (): ScannedAccount<J> => {
      const judging = judgingOf(collection);
      freeze(judging.context);
      const evaluations = checks.map((check) => ({
        check,
        evaluation: check.evaluate(collection.facts, judging.context),
      }));
      return { collection, judging, evaluations };
    };
    const first = judge();
    const further = first.evaluations.flatMap(({ check, evaluation }) =>
      evaluation.verdict === "PASS" ? [] : check.needsUnlessPassing,
    );
    if (collection.connectionFailure || further.length === 0) return first;
    await collection.more([...new Set(further)]);
    return judge();
  } finally {
    collection.close();
  }
}

function freeze(value: unknown): void {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  Object.values(value).forEach(freeze);
}
