import type { Guardrail } from "@/lib/checks/guardrail";
import { findCheck } from "@/lib/checks/registry";
import type { FindingView } from "@/lib/findings/finding-view";

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
  return findCheck(checkId)?.guardrails?.(guarded, signals) ?? [];
}
