import { Code } from "@/components/ui/code";
import { Definition, DefinitionList } from "@/components/ui/definition-list";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import { type Environment, environmentLabels } from "@/lib/accounts/account-states";
import type { FrameworkMapping } from "@/lib/checks/check";
import type { Severity as SeverityWord } from "@/lib/checks/evaluation";
import { type Observation, observationLabels } from "@/lib/findings/lifecycle/states";
import { accountIdText } from "./account-id-text";
import { Severity } from "./severity";

/** Right column of a finding. */
export function FactsColumn({
  severity,
  severityReason,
  account,
  observation,
  observationSince,
  lastCheckedAt,
  episode,
  episodes,
  frameworks,
}: {
  readonly severity: SeverityWord | null;
  readonly severityReason: string | null;
  readonly account: {
    readonly name: string;
    readonly awsAccountId: string;
    readonly environment: Environment;
    readonly href: string;
  };
  readonly observation: Observation;
  readonly observationSince: string;
  readonly lastCheckedAt: string | null;
  readonly episode: number;
  readonly episodes: readonly {
    readonly number: number;
    readonly detectedAt: string;
    readonly verifiedAt: string | null;
  }[];
  readonly frameworks: readonly FrameworkMapping[];
}) {
  const current = episodes.find((entry) => entry.number === episode);
  return (
    <DefinitionList>
      {severity ? (
        <Definition term="Severity">
          <Severity value={severity} />
          {severityReason ? <p className="mt-1 text-small font-normal text-ink-2">{severityReason}</p> : null}
        </Definition>
      ) : null}
      <Definition term="Account">
        <Link href={account.href} className="link">
          {account.name}
        </Link>
        <div>
          <Code>{accountIdText(account.awsAccountId)}</Code>
        </div>
        <div className="text-small font-normal text-ink-2">{environmentLabels[account.environment]}</div>
      </Definition>
      <Definition term={observationLabels[observation]}>
        since <Time at={observationSince} style="absolute" />
      </Definition>
      {lastCheckedAt ? (
        <Definition term="Last checked">
          <Time at={lastCheckedAt} />
        </Definition>
      ) : null}
      {episode > 0 ? (
        <Definition term="Episode">
          {episode}
          {current ? (
            <div className="text-small font-normal text-ink-2">
              detected <Time at={current.detectedAt} style="absolute" />
              {current.verifiedAt ? (
                <>
                  , verified <Time at={current.verifiedAt} style="absolute" />
                </>
              ) : null}
            </div>
          ) : null}
        </Definition>
      ) : null}
      {frameworks.length > 0 ? (
        <Definition term="Supports">
          <Frameworks frameworks={frameworks} />
        </Definition>
      ) : null}
    </DefinitionList>
  );
}

/** Criteria by framework; why the check supports them is on its own page. */
function Frameworks({ frameworks }: { readonly frameworks: readonly FrameworkMapping[] }) {
  const names = [...new Set(frameworks.map((mapping) => mapping.framework))];
  return names.map((name) => (
    <div key={name} className="mb-1">
      <span className="font-normal text-ink-2">{name}</span>{" "}
      {frameworks
        .filter((mapping) => mapping.framework === name)
        .map((mapping) => mapping.id)
        .join(", ")}
    </div>
  ));
}
