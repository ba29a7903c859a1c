import type { Guardrail } from "@/lib/checks/guardrail";
import { findCheck } from "@/lib/checks/registry";
import type { FindingView } from "@/lib/findings/finding-view";

const mostKept = 200;

/** Keyed by all that they are rendered from. They are policies and templates of many lines; a page shows titles. */
const kept = new Map<string, readonly Guardrail[]>();

/** Guardrails for the current verdict. Evaluations from before guardrails existed have none. */
export function guardrailsOf({ checkId, decided, comebacks }: FindingView): readonly Guardrail[] {
  const guarded = decided?.description.guarded;
  if (!decided || guarded === undefined) return [];
  const { action, orgAction } = decided.evaluation.remediation;
  const signals = {
    reason: decided.evaluation.reason,
    action: orgAction ?? action,
    isRecurring: comebacks > 0,
  };
  const key = JSON.stringify([checkId, guarded, signals]);
  const guardrails = kept.get(key) ?? findCheck(checkId)?.guardrails?.(guarded, signals) ?? [];
  kept.delete(key);
  kept.set(key, guardrails);
  if (kept.size > mostKept) kept.delete(kept.keys().next().value ?? "");
  return guardrails;
}
