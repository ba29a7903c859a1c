import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { FindingDetail } from "@/components/findings/finding-detail";
import { MeaningCards } from "@/components/findings/meaning-cards";
import type { CheckDefinition } from "@/lib/checks/check";
import type { Guardrail } from "@/lib/checks/guardrail";
import { findCheck } from "@/lib/checks/registry";
import type { FindingView } from "@/lib/findings/finding-view";
import { getFinding } from "@/lib/findings/get-finding";
import { pageTenant } from "@/lib/http/page";
import { may } from "@/lib/tenancy/authorize";
import { orNotFound } from "../../or-not-found";
import { scanNow } from "../../scans/actions";

type Params = Promise<{ readonly org: string; readonly key: string }>;

export async function generateMetadata({ params }: { readonly params: Params }): Promise<Metadata> {
  const { key } = await params;
  return { title: /^PST-\d+$/i.test(key) ? key.toUpperCase() : "Finding" };
}

export default async function FindingPage({ params }: { readonly params: Params }) {
  const { org, key } = await params;
  const ctx = await pageTenant(org, "organization.view");
  const finding = await orNotFound(getFinding(ctx, key));
  const root = `/o/${ctx.slug}`;
  // One address per finding: its key as soon as it has one.
  if (finding.key !== null && finding.key !== key) redirect(`${root}/findings/${finding.key}`);
  const check = findCheck(finding.checkId);
  return (
    <FindingDetail
      finding={finding}
      root={root}
      frameworks={check?.frameworks ?? []}
      meaning={check ? <MeaningCards content={check.content} version={check.version} /> : null}
      guardrails={check ? guardrailsOf(check, finding) : []}
      tellsRegions={check?.tellsRegions ?? true}
      scanNow={may(ctx, "scan.request") ? scanNow.bind(null, ctx.slug) : null}
    />
  );
}

/** For the verdict that stands. Evaluations from before guardrails existed have none. */
function guardrailsOf(check: CheckDefinition, finding: FindingView): readonly Guardrail[] {
  const { decided } = finding;
  const guarded = decided?.description.guarded;
  if (!decided || guarded === undefined) return [];
  const { action, orgAction } = decided.evaluation.remediation;
  const signals = {
    reason: decided.evaluation.reason,
    action: orgAction ?? action,
    isRecurring: finding.episode > 1,
  };
  return check.guardrails?.(guarded, signals) ?? [];
}
