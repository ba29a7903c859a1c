import type { Guardrail } from "@/lib/checks/guardrail";
import { configRuleGuardrail } from "./config-rule";
import { eventRuleGuardrail } from "./event-rule";
import type { GuardedTrail } from "./guarded";
import { organizationTrailGuardrail } from "./organization-trail";
import { pipelineGuardrail } from "./pipeline";
import { scpGuardrail } from "./scp";
import type { GuardrailSignals } from "./signals";

/**
 * What keeps coverage from being lost again, the ones this verdict makes relevant first. An account without an
 * organization gets neither an organization trail nor a service control policy.
 */
export function guardrailsFor(guarded: GuardedTrail, signals: GuardrailSignals): readonly Guardrail[] {
  const isStandalone = guarded.organizationRole === "STANDALONE";
  const all = [
    pipelineGuardrail(guarded, signals),
    ...(isStandalone ? [] : [organizationTrailGuardrail(guarded), scpGuardrail(guarded, signals)]),
    eventRuleGuardrail(guarded, signals),
    configRuleGuardrail(guarded),
  ];
  const relevant = all.filter((guardrail) => guardrail.relevance !== null);
  const useful = all.filter((guardrail) => guardrail.relevance === null);
  // Without a cause in the pipeline, protection of the running trail comes before the deploy.
  const last = useful.filter(({ id }) => id === "pipeline");
  return [...relevant, ...useful.filter(({ id }) => id !== "pipeline"), ...last];
}
