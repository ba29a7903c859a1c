import type { Guardrail } from "@/lib/checks/guardrail";
import { findCheck } from "@/lib/checks/registry";
import type { FindingView } from "@/lib/findings/finding-view";

const mostKept = 200;

/** Under everything that they are made from. They are policies and templates of many lines, and a page shows titles. */
const kept = new Map<string, readonly Guardrail[]>();

/** Guardrails for the verdict that stands. Evaluations from before guardrails existed have none. */
export function guardrailsOf({ checkId, decided, episode }: FindingView): readonly Guardrail[] {
  const guarded = decided?.description.guarded;
  if (!decided || guarded === undefined) return [];
  const { action, orgAction } = decided.evaluation.remediation;
  const signals = {
    reason: decided.evaluation.reason,
    action: orgAction ?? action,
    isRecurring: episode > 1,
  };
  const key = JSON.stringify([checkId, guarded, signals]);
  const made = kept.get(key) ?? findCheck(checkId)?.guardrails?.(guarded, signals) ?? [];
  kept.delete(key);
  kept.set(key, made);
  if (kept.size > mostKept) kept.delete(kept.keys().next().value ?? "");
  return made;
}
