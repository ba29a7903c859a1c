import type { ReactNode } from "react";
import { CoverageCard } from "@/components/coverage/coverage-card";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import { ActionButton } from "@/components/ui/form/action-button";
import { Notice } from "@/components/ui/notice";
import { Breadcrumb } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import type { FrameworkMapping } from "@/lib/checks/check";
import type { Description } from "@/lib/checks/description";
import type { Guardrail } from "@/lib/checks/guardrail";
import { passNote } from "@/lib/checks/labels";
import type { FindingView } from "@/lib/findings/finding-view";
import type { FormAction } from "@/lib/input/form-view";
import { count } from "@/lib/text";
import { ChangeCard } from "./change-card";
import { CleanupCard } from "./cleanup-card";
import { FactsColumn } from "./facts-column";
import { GuardrailsCard } from "./guardrails-card";
import { HistoryCard } from "./history-card";
import { AfterChange, type LookActions, LooksNotice } from "./look-again";
import { NotEvaluatedNotice } from "./not-evaluated-notice";
import { ReadingsCard } from "./readings-card";
import { SectionCards } from "./section-card";
import { Severity } from "./severity";
import { ObservationTag } from "./status-tag";
import { VerdictSentence } from "./verdict-sentence";
import { whoScans } from "./who-scans";

function plain(description: Description): string {
  return description.sentence.map((part) => part.text).join("");
}

/** The page of one finding. `scanNow` is null for people who may not scan; `meaning` is the check's own text. */
export function FindingDetail({
  finding,
  root,
  frameworks,
  meaning,
  guardrails,
  hasRegionVerdicts,
  scanNow,
  scanners,
  look,
  isWhole,
}: {
  readonly finding: FindingView;
  readonly root: string;
  readonly frameworks: readonly FrameworkMapping[];
  readonly meaning: ReactNode;
  readonly guardrails: readonly Guardrail[];
  /** The check says of every Region how it is. */
  readonly hasRegionVerdicts: boolean;
  readonly scanNow: FormAction | null;
  /** Whom to ask for a scan, where `scanNow` is null. */
  readonly scanners: readonly string[];
  /** Null for people who may not have it looked at again. */
  readonly look: LookActions | null;
  /** Show what is folded too, on this very page: for printing, and for browsers without scripts. */
  readonly isWhole: boolean;
}) {
  const { decided, latest } = finding;
  // What the page is about: the current verdict, or, when there never was one, the attempt to reach it.
  const shown = decided ?? latest;
  const last = latest ?? decided;
  const accountHref = `${root}/accounts/${finding.accountId}`;
  const scansHref = `${root}/scans`;
  const failing = decided?.evaluation.verdict === "FAIL";
  // What an older scan found may have changed since, so nothing is stopped or deleted because of it.
  const isPresent =
    finding.observation === "passing" && !finding.isStale && finding.accountStatus === "connected";
  return (
    <>
      <Breadcrumb
        crumbs={[
          { label: "Findings", href: `${root}/findings` },
          { label: finding.key ? <Code>{finding.key}</Code> : finding.accountName },
        ]}
      />
      {/* Wide: facts are on the right. Medium: under the header. Narrow: after what there is to do. */}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 xl:grid-cols-[minmax(0,1fr)_272px] xl:grid-rows-[auto_auto_1fr]">
        <div>
          {shown ? (
            <VerdictSentence parts={shown.description.sentence} />
          ) : (
            <VerdictSentence parts={[{ text: `${finding.accountName} has not been evaluated yet.` }]} />
          )}
          <StatusLine finding={finding} root={root} />
          <div className="mb-[22px] flex flex-wrap items-start gap-2">
            {finding.activeScanNumber !== null ? (
              <LinkButton href={`${scansHref}/${finding.activeScanNumber}`} variant="primary">
                Follow scan #{finding.activeScanNumber}
              </LinkButton>
            ) : scanNow && finding.accountStatus !== "disconnected" ? (
              <ActionButton
                action={scanNow}
                values={{ key: finding.id }}
                variant="primary"
                pendingText="Starting…"
              >
                Scan now
              </ActionButton>
            ) : finding.accountStatus !== "disconnected" ? (
              <p className="text-small text-ink-2">{whoScans(finding.observation, scanners)}</p>
            ) : null}
          </div>
          {finding.looks ? <LooksNotice looks={finding.looks} finding={finding} actions={look} /> : null}
          <Notices finding={finding} root={root} />
        </div>
        <aside aria-label="Facts" className="mb-4 max-md:order-2 xl:col-start-2 xl:row-span-3 xl:row-start-1">
          <div className="xl:sticky xl:top-[18px]">
            <Facts finding={finding} frameworks={frameworks} accountHref={accountHref} />
          </div>
        </aside>
        <div className="min-w-0 max-md:order-1">
          {shown && hasRegionVerdicts ? (
            <CoverageCard regions={shown.evaluation.regions} reasons={isWhole ? "open" : "read"} />
          ) : null}
          {shown?.description.change && (failing || !decided) ? (
            <ChangeCard change={shown.description.change} isWhole={isWhole} />
          ) : null}
          {shown?.description.waitFor !== undefined ? (
            <AfterChange finding={finding} waitFor={shown.description.waitFor} actions={look} />
          ) : null}
          {isPresent && decided?.description.cleanup ? (
            <CleanupCard cleanup={decided.description.cleanup} />
          ) : null}
          <GuardrailsCard guardrails={guardrails} isWhole={isWhole} />
          {shown && shown.description.advisories.length > 0 ? (
            <AdvisoriesCard advisories={shown.description.advisories} />
          ) : null}
          {shown ? <SectionCards sections={shown.description.sections} /> : null}
          {last ? (
            <ReadingsCard
              readings={finding.readings}
              scanHref={`${scansHref}/${last.scanNumber}`}
              scanNumber={last.scanNumber}
              isWhole={isWhole}
            />
          ) : null}
          <HistoryCard events={finding.history} scansHref={scansHref} isWhole={isWhole} />
          {meaning}
          <p className="mb-4 text-small">
            <a href={isWhole ? "?" : "?all=1"} className="link">
              {isWhole ? "Hide details" : "Show everything on one page"}
            </a>
          </p>
        </div>
      </div>
    </>
  );
}

function Facts({
  finding,
  frameworks,
  accountHref,
}: {
  readonly finding: FindingView;
  readonly frameworks: readonly FrameworkMapping[];
  readonly accountHref: string;
}) {
  return (
    <FactsColumn
      severity={finding.severity}
      severityReason={finding.decided?.evaluation.severityReason ?? null}
      account={{
        name: finding.accountName,
        awsAccountId: finding.awsAccountId,
        environment: finding.environment,
        href: accountHref,
      }}
      observation={finding.observation}
      observationSince={finding.observationSince}
      lastCheckedAt={finding.lastCheckedAt}
      episode={finding.episode}
      episodes={finding.episodes}
      frameworks={frameworks}
    />
  );
}

function StatusLine({ finding, root }: { readonly finding: FindingView; readonly root: string }) {
  const { decided } = finding;
  const note = decided && finding.observation === "passing" ? passNote(decided.evaluation) : "";
  return (
    <div className="mt-3 mb-[18px] flex flex-wrap items-center gap-x-[14px] gap-y-2 text-small text-ink-2">
      <ObservationTag
        observation={finding.observation}
        assurance={finding.assurance}
        episode={finding.episode}
        note={note}
      />
      {finding.severity ? <Severity value={finding.severity} boxed /> : null}
      <Code>{finding.checkId}</Code>
      {decided ? (
        <span>
          Seen <Time at={decided.at} /> ·{" "}
          <a href={`${root}/scans/${decided.scanNumber}`} className="link">
            scan <Code>#{decided.scanNumber}</Code>
          </a>
        </span>
      ) : null}
    </div>
  );
}

function Notices({ finding, root }: { readonly finding: FindingView; readonly root: string }) {
  const { decided, latest } = finding;
  const couldNotJudge = latest?.evaluation.verdict === "NOT_EVALUATED";
  return (
    <>
      {finding.accountStatus === "disconnected" ? (
        <Notice tone="accepted" title="This account is disconnected">
          This account is no longer read. You see its last known state
          {decided ? (
            <>
              , from <Time at={decided.at} style="absolute" />
            </>
          ) : null}
          .
        </Notice>
      ) : null}
      {latest && couldNotJudge ? (
        <NotEvaluatedNotice
          sentence={plain(latest.description)}
          missingPermissions={latest.description.missingPermissions}
          decidedAt={decided?.at ?? null}
          unreadThen={decided?.evaluation.unknownRegions ?? []}
          latestAt={latest.at}
          scanHref={`${root}/scans/${latest.scanNumber}`}
          scanNumber={latest.scanNumber}
          accountHref={`${root}/accounts/${finding.accountId}`}
        />
      ) : finding.isStale && finding.accountStatus !== "disconnected" && decided ? (
        <Notice
          tone="wait"
          title={
            <>
              This verdict is older than the account's schedule allows: <Time at={decided.at} />
            </>
          }
        >
          A scan should have updated it. Scan now, or look at the{" "}
          <a href={`${root}/scans`} className="underline">
            scans
          </a>
          .
        </Notice>
      ) : null}
      {finding.observation === "passing" && decided?.evaluation.assurance === "PENDING" ? (
        <Notice
          tone="wait"
          title={
            <>
              Set up since <Time at={finding.observationSince} style="absolute" />, the first delivery is
              outstanding
            </>
          }
        >
          Nothing has shown yet that events arrive.
        </Notice>
      ) : finding.observation === "passing" && finding.key !== null ? (
        <Notice
          tone="note"
          title={
            <>
              Passing since <Time at={finding.observationSince} style="absolute" />, not yet proven
            </>
          }
        >
          The last scan passed. It read settings; whether they have their effect is not verified yet.
        </Notice>
      ) : null}
      {/* While the last scan could not judge, its notice says this of the verdict before it. */}
      {decided && !couldNotJudge && decided.evaluation.unknownRegions.length > 0 ? (
        <Notice
          tone="wait"
          title={`${count(decided.evaluation.unknownRegions.length, "Region")} could not be read`}
        >
          <Code>{decided.evaluation.unknownRegions.join(", ")}</Code>. The verdict is based on the others.
          What could not be read, and why, is listed below.
        </Notice>
      ) : null}
    </>
  );
}

function AdvisoriesCard({ advisories }: { readonly advisories: Description["advisories"] }) {
  return (
    <Card id="advisories" title="Also worth knowing" flush>
      <ul>
        {advisories.map((advisory) => (
          <li
            key={`${advisory.code} ${advisory.text}`}
            className="border-b border-line px-4 py-[10px] last:border-b-0"
          >
            <p className="max-w-[80ch]">{advisory.text}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
