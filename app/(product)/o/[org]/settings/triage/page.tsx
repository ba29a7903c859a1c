import type { Metadata } from "next";
import { Card } from "@/components/ui/card";
import { ActionButton } from "@/components/ui/form/action-button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { severityLabels } from "@/lib/checks/labels";
import { severities } from "@/lib/checks/words";
import { listOwnerRules } from "@/lib/findings/triage-settings/owner-rules";
import { readTriageSettings } from "@/lib/findings/triage-settings/settings";
import { newOwnerRule, proofSettings, triageSettings } from "@/lib/findings/triage-settings/settings-input";
import { pageTenant } from "@/lib/http/page";
import { formHints } from "@/lib/input/form-hints";
import { listPossibleOwners } from "@/lib/members/possible-owners";
import { may } from "@/lib/tenancy/authorize";
import { count } from "@/lib/text";
import { proofLevelLabels } from "@/lib/verification/verification-states";
import { orUnavailable } from "../../../../or-unavailable";
import { removeRule } from "./actions";
import { ProofForm } from "./proof-form";
import { RuleForm } from "./rule-form";
import { SettingsForm } from "./settings-form";

export const metadata: Metadata = { title: "Triage settings" };

const matchLabels = { account: "Account", label: "Label", environment: "Environment" } as const;

export default orUnavailable(TriageSettingsPage);

async function TriageSettingsPage({ params }: { readonly params: Promise<{ org: string }> }) {
  const { org } = await params;
  const ctx = await pageTenant(org, "organization.view");
  const canChange = may(ctx, "triage.configure");
  const settings = await readTriageSettings(ctx);
  const rules = await listOwnerRules(ctx);
  return (
    <>
      <Card id="due-card" title="Due dates" aside="For findings that open or come back from now on">
        {canChange ? (
          <SettingsForm hints={formHints(triageSettings)} organization={ctx.slug} settings={settings} />
        ) : (
          <p>
            {severities.values
              .map((severity) => `${severityLabels[severity]}: ${count(settings.days[severity], "day")}`)
              .join(", ")}
            , in the time zone {settings.timeZone}
            {settings.businessDays ? ", Monday to Friday" : ""}.
          </p>
        )}
        <p className="mt-4 max-w-[68ch] text-small text-ink-3">
          A finding that came back has half of the days, rounded up.
        </p>
      </Card>
      <Card id="proof-card" title="Proof of a fix" aside="For verifications that begin from now on">
        {may(ctx, "proof.configure") ? (
          <ProofForm
            hints={formHints(proofSettings)}
            organization={ctx.slug}
            settings={{ version: settings.version, requiredProof: settings.requiredProof }}
          />
        ) : (
          <p>{proofLevelLabels[settings.requiredProof]}. Only admins change this.</p>
        )}
        <p className="mt-4 max-w-[68ch] text-small text-ink-3">
          A finding is verified when each enabled Region reaches this level. To find log files and events we
          need to read the log bucket; where we cannot, a verification stays inconclusive and says why.
        </p>
      </Card>
      <Card id="rules-card" title="Suggested owners" aside={count(rules.length, "rule")} flush>
        {rules.length === 0 ? (
          <p className="px-4 py-[14px] text-ink-2">
            No rules. Whoever fixed a finding of an account last is suggested for the next one.
          </p>
        ) : (
          <Table caption="Rules for owners, the most exact first">
            <thead>
              <tr>
                <Th>For</Th>
                <Th>Suggested</Th>
                {canChange ? <Th>Remove</Th> : null}
              </tr>
            </thead>
            <tbody>
              {rules.map((rule) => (
                <Tr key={rule.id}>
                  <Td>
                    <span className="text-ink-3">{matchLabels[rule.match]}</span> {rule.value}
                  </Td>
                  <Td>{rule.owner.name ?? "Somebody who left"}</Td>
                  {canChange ? (
                    <Td>
                      <ActionButton
                        action={removeRule.bind(null, ctx.slug)}
                        values={{ ruleId: rule.id }}
                        size="small"
                        pendingText="Removing…"
                      >
                        Remove<span className="sr-only"> the rule for {rule.value}</span>
                      </ActionButton>
                    </Td>
                  ) : null}
                </Tr>
              ))}
            </tbody>
          </Table>
        )}
      </Card>
      {canChange ? (
        <Card id="rule-card" title="Add a rule">
          <RuleForm
            hints={formHints(newOwnerRule)}
            organization={ctx.slug}
            people={await listPossibleOwners(ctx)}
          />
        </Card>
      ) : (
        <p className="text-small text-ink-3">Only leads and admins change these.</p>
      )}
    </>
  );
}
