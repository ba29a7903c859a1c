import type { TriageFormsOf } from "@/components/findings/triage/triage-form";
import type { FindingView } from "@/lib/findings/finding-view";
import { guardrailFromEpisode } from "@/lib/findings/lifecycle/guards";
import { dueForm, findingMove, ticketForm } from "@/lib/findings/triage/triage-input";
import { formHints } from "@/lib/input/form-hints";
import { listPossibleOwners } from "@/lib/members/possible-owners";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { assign, move, setDue, setTicket } from "./triage";

/** What the forms of a finding need to know, once somebody opens one. */
export async function formsOf(ctx: TenantContext, finding: FindingView): Promise<TriageFormsOf> {
  return {
    people: await listPossibleOwners(ctx),
    assign: assign.bind(null, ctx.slug),
    setDue: setDue.bind(null, ctx.slug),
    setTicket: setTicket.bind(null, ctx.slug),
    move: move.bind(null, ctx.slug),
    hints: { due: formHints(dueForm), ticket: formHints(ticketForm), move: formHints(findingMove) },
    needsGuardrail: finding.episode >= guardrailFromEpisode,
    trails: [...new Set(finding.decided?.evaluation.regions.flatMap(({ trailArns }) => trailArns) ?? [])],
  };
}
