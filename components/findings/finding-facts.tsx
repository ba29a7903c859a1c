import type { ReactNode } from "react";
import { Code } from "@/components/ui/code";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import { environmentLabels } from "@/lib/accounts/account-states";
import type { FrameworkMapping } from "@/lib/checks/check";
import type { FindingView } from "@/lib/findings/finding-view";
import { observationLabels } from "@/lib/findings/lifecycle/states";
import { accountIdText } from "./account-id-text";
import { Severity } from "./severity";

/** What a person looks for first; on narrow screens above what there is to do. `owner`: whose it is and when it is due. */
export function FirstFacts({
  finding,
  owner,
}: {
  readonly finding: FindingView;
  readonly owner: ReactNode | null;
}) {
  const { observation, observationSince, comebacks, episode, episodes, back, priority, score } = finding;
  const current = episodes.find(({ number }) => number === episode);
  return (
    <dl className="facts first">
      {owner}
      <Fact term={`${observationLabels[observation]} since`}>
        <Time at={observationSince} style="absolute" />
        <small>
          <Time at={observationSince} />
        </small>
      </Fact>
      {episode > 0 ? (
        <Fact term="Came back">
          {comebacks === 0 ? "Not so far" : comebacks === 1 ? "Once" : `${comebacks} times`}
          {back ? (
            <small>
              Passing until <Time at={back.passed.at} style="absolute" />
            </small>
          ) : null}
        </Fact>
      ) : null}
      {current && current.detectedAt !== observationSince ? (
        <Fact term="First found">
          <Time at={current.detectedAt} style="absolute" />
          {episode > 1 ? <small>Episode {episode}</small> : null}
        </Fact>
      ) : null}
      {priority ? (
        // In wide windows the receipt beside it says so.
        <Fact term="Priority" className="min-[1200px]:hidden">
          {score} · {priority}
        </Fact>
      ) : null}
    </dl>
  );
}

export function OtherFacts({
  finding,
  frameworks,
  accountHref,
  isWhole,
}: {
  readonly finding: FindingView;
  readonly frameworks: readonly FrameworkMapping[];
  readonly accountHref: string;
  /** Nothing is folded. */
  readonly isWhole: boolean;
}) {
  const reason = finding.decided?.evaluation.severityReason;
  return (
    <dl className="facts">
      {finding.severity ? (
        <Fact term="Severity">
          {reason ? (
            <details open={isWhole}>
              <summary>
                <Severity value={finding.severity} />
              </summary>
              {/* The receipt links to it: that unfolds it. */}
              <small id="severity">{reason}</small>
            </details>
          ) : (
            <Severity value={finding.severity} />
          )}
        </Fact>
      ) : null}
      <Fact term="Account">
        <Link href={accountHref} className="link">
          {finding.accountName}
        </Link>
        <small>
          <Code>{accountIdText(finding.awsAccountId)}</Code>
          <br />
          {environmentLabels[finding.environment]}
        </small>
      </Fact>
      {frameworks.length > 0 ? (
        <Fact term="Supports">
          <Frameworks frameworks={frameworks} isOpen={isWhole} />
        </Fact>
      ) : null}
    </dl>
  );
}

/** One line of the facts, for those that others add too. */
export function Fact({
  term,
  id,
  className,
  children,
}: {
  readonly term: string;
  /** What links to it. */
  readonly id?: string;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <div id={id} className={className}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The first criterion, and how many more there are; why the check supports them is on its own page. */
function Frameworks({
  frameworks,
  isOpen,
}: {
  readonly frameworks: readonly FrameworkMapping[];
  readonly isOpen: boolean;
}) {
  const [first, ...others] = frameworks;
  if (first === undefined) return null;
  const names = [...new Set(frameworks.map(({ framework }) => framework))];
  return (
    <details open={isOpen}>
      <summary>
        {first.framework} {first.id}
        {others.length > 0 ? <span className="text-brand"> +{others.length}</span> : null}
      </summary>
      <small>
        {names.map((name) => (
          <span key={name} className="block">
            {name}{" "}
            {frameworks
              .filter(({ framework }) => framework === name)
              .map(({ id }) => id)
              .join(", ")}
          </span>
        ))}
      </small>
    </details>
  );
}
