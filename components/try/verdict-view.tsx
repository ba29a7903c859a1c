import { ChangeView } from "@/components/checks/change-view";
import { CoverageCard } from "@/components/coverage/coverage-card";
import { SectionCards } from "@/components/findings/section-card";
import { Severity } from "@/components/findings/severity";
import { VerdictSentence } from "@/components/findings/verdict-sentence";
import { Card } from "@/components/ui/card";
import { Tag, type Tone } from "@/components/ui/tag";
import type { CheckDefinition } from "@/lib/checks/check";
import type { Description } from "@/lib/checks/description";
import type { Evaluation, Verdict } from "@/lib/checks/evaluation";
import { assuranceLabels, passNote, verdictLabels } from "@/lib/checks/labels";

const tones: Readonly<Record<Verdict, Tone>> = { PASS: "proven", FAIL: "blind", NOT_EVALUATED: "wait" };

/** The verdict on one account as a finding shows it: sentence, Regions, trails, the change. */
export function VerdictView({
  check: { labels, hasRegionVerdicts },
  evaluation,
  description,
  accountId,
  takenAt,
}: {
  readonly check: Pick<CheckDefinition, "labels" | "hasRegionVerdicts">;
  readonly evaluation: Evaluation;
  readonly description: Description;
  readonly accountId: string;
  readonly takenAt: string;
}) {
  const { verdict, reason, severity, severityReason, assurance } = evaluation;
  return (
    <section aria-labelledby="verdict" className="mt-10">
      <h2 id="verdict" className="sr-only" tabIndex={-1}>
        Verdict
      </h2>
      <VerdictSentence parts={description.sentence} as="p" />
      <p className="mt-4 mb-6 flex flex-wrap items-center gap-x-3 gap-y-2 text-small text-ink-2">
        <Tag tone={tones[verdict]}>{verdictLabels[verdict]}</Tag>
        {severity ? <Severity value={severity} boxed /> : null}
        <span>{labels.reasons[reason] ?? reason}</span>
        {assurance ? <span>{passNote(evaluation) || assuranceLabels[assurance]}</span> : null}
        <span>
          Account {accountId}, read {takenAt.replace("T", " ").replace(/(\.\d+)?Z$/, " UTC")}
        </span>
      </p>
      {severityReason ? <p className="mb-4 max-w-[68ch] text-ink-2">{severityReason}</p> : null}
      {hasRegionVerdicts ? <CoverageCard regions={evaluation.regions} reasons="sent" /> : null}
      {description.change ? (
        <Card id="change" title="The change to make">
          <ChangeView change={description.change} />
        </Card>
      ) : null}
      <SectionCards sections={description.sections} />
      {description.advisories.length > 0 || description.missingPermissions.length > 0 ? (
        <Card id="notes" title="Also worth knowing">
          <ul className="grid max-w-[72ch] gap-2">
            {description.missingPermissions.length > 0 ? (
              <li>Could not be read for lack of permission: {description.missingPermissions.join(", ")}.</li>
            ) : null}
            {description.advisories.map(({ code, text }) => (
              <li key={code}>{text}</li>
            ))}
          </ul>
        </Card>
      ) : null}
    </section>
  );
}
