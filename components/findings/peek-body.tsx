import { LinkButton } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Initials } from "@/components/ui/initials";
import { Time } from "@/components/ui/time";
import { environmentLabels } from "@/lib/accounts/account-states";
import { passNote } from "@/lib/checks/labels";
import type { FindingView } from "@/lib/findings/finding-view";
import { isOpen, statusLabels } from "@/lib/findings/lifecycle/states";
import { count } from "@/lib/text";
import { comebackWords } from "./comeback-words";
import { dayWords } from "./due-words";
import { Severity } from "./severity";
import { ObservationTag } from "./status-tag";
import { VerdictSentence } from "./verdict-sentence";

/** What somebody who looks through a list wants of each finding: the verdict, whose it is, and the change to make. */
export function PeekBody({ finding, href }: { readonly finding: FindingView; readonly href: string }) {
  const { decided, latest, triage, accountName } = finding;
  const shown = decided ?? latest;
  const isBack = finding.comebacks > 0 && decided?.evaluation.verdict === "FAIL";
  const change = decided?.evaluation.verdict === "PASS" ? null : (shown?.description.change ?? null);
  const tab = change?.tabs?.find(({ id }) => id === change.defaultTab) ?? change?.tabs?.[0];
  const blind = (decided?.evaluation.regions ?? []).filter(
    ({ state }) => state === "uncovered" || state === "partial",
  );
  const parts = tab?.parts ?? change?.command ?? [];
  return (
    <>
      <div className="peek-body">
        <p className="text-small text-ink-2">
          {accountName}, {environmentLabels[finding.environment].toLowerCase()}
        </p>
        <VerdictSentence
          as="h2"
          size="title"
          parts={shown?.description.sentence ?? [{ text: `${accountName} has not been evaluated yet.` }]}
          names={[accountName]}
          before={isBack ? `Back again${comebackWords(finding.comebacks)}.` : undefined}
        />
        <p className="flex flex-wrap items-center gap-x-[14px] gap-y-1 text-small text-ink-2">
          <ObservationTag
            observation={finding.observation}
            assurance={finding.assurance}
            note={decided && finding.observation === "passing" ? passNote(decided.evaluation) : ""}
            comebacks={isBack ? finding.comebacks : 0}
            episode={finding.episode}
            status={finding.key === null ? "none" : finding.status}
          />
          {finding.severity ? <Severity value={finding.severity} /> : null}
          {decided ? (
            <span>
              Read <Time at={decided.at} />
            </span>
          ) : null}
        </p>
        <dl>
          <div>
            <dt>Owner</dt>
            <dd>
              {triage.owner ? (
                <span className="inline-flex items-center gap-[6px]">
                  <Initials name={triage.owner.name ?? "Somebody who left"} />
                  {triage.owner.name ?? "Somebody who left"}
                </span>
              ) : (
                "Unassigned"
              )}
            </dd>
          </div>
          <div>
            <dt>Due</dt>
            <dd className={triage.isOverdue ? "text-blind" : undefined}>
              {triage.dueDay !== null && isOpen(finding.status)
                ? `${triage.isOverdue ? "Overdue, " : ""}${dayWords(triage.dueDay)}`
                : "No due date"}
            </dd>
          </div>
          <div>
            <dt>{finding.observation === "passing" ? "Passing since" : "Failing since"}</dt>
            <dd>
              <Time at={finding.observationSince} />
            </dd>
          </div>
          <div>
            <dt>Status</dt>
            <dd>
              {statusLabels[finding.status]}
              {finding.status === "reopened" ? `, episode ${finding.episode}` : null}
            </dd>
          </div>
        </dl>
        {change ? (
          <section>
            <h3>
              {change.title} {change.target ? <small>{change.target}</small> : null}
            </h3>
            {parts.length > 0 ? (
              <CodeBlock label={tab?.label ?? "AWS CLI command"} parts={parts} maxHeight />
            ) : null}
          </section>
        ) : null}
        {blind.length > 0 ? (
          <section>
            <h3>{count(blind.length, "blind Region")}</h3>
            <ul className="peek-regions">
              {blind.map(({ name }) => (
                <li key={name}>
                  <code translate="no">{name}</code>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
      </div>
      <footer>
        <LinkButton href={href} variant="primary">
          Open
        </LinkButton>
      </footer>
    </>
  );
}
