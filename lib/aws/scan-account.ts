import type { CheckDefinition } from "@/lib/checks/check";
import type { Evaluation } from "@/lib/checks/evaluation";
import { type CollectInput, type Collection, collect } from "./collect";

export interface ScanAccountInput extends Omit<CollectInput, "needs"> {
  readonly checks: readonly CheckDefinition[];
  /** Judges one check from what was read so far. Called again after further facts were read. */
  evaluate(check: CheckDefinition, collection: Collection): Evaluation;
}

export interface ScannedAccount {
  readonly collection: Collection;
  readonly evaluations: readonly { readonly check: CheckDefinition; readonly evaluation: Evaluation }[];
}

/**
 * Reads an account for some checks and has each judged: first with the facts every scan reads, and where that
 * gives no pass again with those read only then. The one sequence for the worker and the command line.
 */
export async function scanAccount(input: ScanAccountInput): Promise<ScannedAccount> {
  const { checks, evaluate, ...source } = input;
  const needs = [...new Set(checks.flatMap((check) => check.needs))];
  const collection = await collect({ ...source, needs });
  try {
    const judge = () => checks.map((check) => ({ check, evaluation: evaluate(check, collection) }));
    const first = judge();
    const further = first.flatMap(({ check, evaluation }) =>
      evaluation.verdict === "PASS" ? [] : check.needsUnlessPassing,
    );
    if (collection.connectionFailure || further.length === 0) return { collection, evaluations: first };
    await collection.more([...new Set(further)]);
    return { collection, evaluations: judge() };
  } finally {
    collection.close();
  }
}
