import { CoverageView } from "@/components/coverage/coverage-view";
import { VerdictSentence } from "@/components/findings/verdict-sentence";
import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import { Definition, DefinitionList } from "@/components/ui/definition-list";
import { FilterForm } from "@/components/ui/filter-form";
import { ActionButton } from "@/components/ui/form/action-button";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Breadcrumb } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import type { SentencePart } from "@/lib/checks/description";
import { readOutcomeLabels, verdictLabels } from "@/lib/checks/labels";
import { readOutcomes } from "@/lib/checks/words";
import type { FormAction } from "@/lib/input/form-view";
import { scanTriggerLabels } from "@/lib/scans/scan-states";
import type { ScanChange, ScanView } from "@/lib/scans/scan-view";
import { CallLog, FailuresCard } from "./call-log";
import { LiveProgress, LiveScan, UntilItMoves } from "./live-progress";
import { durationText, ScanStatus } from "./scan-status";

export interface CallFilters {
  readonly outcome: string;
  readonly region: string;
  readonly api: string;
  /** Every call, not only the first ones. */
  readonly all: boolean;
}

/** This page with the same filters and every call. */
function allHref(path: string, { outcome, region, api }: CallFilters): string {
  const set = Object.entries({ outcome, region, api }).filter(([, value]) => value !== "");
  return `${path}?${new URLSearchParams([...set, ["all", "1"]])}#calls`;
}

const changeTones = {
  back: "blind",
  new: "blind",
  fixed: "proven",
  failing: "blind",
  unread: "wait",
  passing: "proven",
} as const satisfies Record<ScanChange["kind"], SentencePart["tone"]>;

function reading({ accountName }: ScanView): readonly SentencePart[] {
  return [{ text: `Reading ${accountName}, Region by Region.` }];
}

/** One sentence on top: what the scan changed, or its state. */
function headline(scan: ScanView): readonly SentencePart[] {
  const { accountName, status, changes } = scan;
  if (status === "queued") return [{ text: `Scan of ${accountName} is waiting for a worker.` }];
  if (status === "running") return reading(scan);
  if (status === "cancelled")
    return [{ text: `This scan of ${accountName} was cancelled. Nothing changed.` }];
  if (changes.length === 0) return [{ text: `The scan of ${accountName} failed.`, tone: "wait" }];
  const [first, ...others] = changes;
  const isNews = changes.some((change) => change.isNews);
  return [
    ...(isNews ? [] : [{ text: `Nothing changed in ${accountName}: ` }]),
    ...(first ? [{ text: first.text, tone: changeTones[first.kind] }] : []),
    { text: others.map(({ text }) => `, ${text}`).join("") },
    { text: isNews ? ` in ${accountName}.` : "." },
  ];
}

function distinct(values: readonly string[]): readonly { readonly value: string; readonly label: string }[] {
  return [...new Set(values)].sort().map((value) => ({ value, label: value }));
}

/** A scan: live while it runs, then what it said, what could not be read, and every call. */
export function ScanDetail({
  scan,
  root,
  filters,
  then,
  cancel,
}: {
  readonly scan: ScanView;
  readonly root: string;
  readonly filters: CallFilters;
  /** Where to go by itself when the scan has ended; null: stay. */
  readonly then: string | null;
  readonly cancel: FormAction | null;
}) {
  const running = !scan.progress.done;
  // In the order in which it is seen where it is not beside the rest: a browser paints what it has received, and what
  // came later would push it down.
  const facts = (
    <aside key="facts" aria-label="Facts" className="mb-4 xl:col-start-2 xl:row-start-1">
      <ScanFacts scan={scan} root={root} />
    </aside>
  );
  const path = `${root}/scans/${scan.number}`;
  const calls = scan.calls.filter(
    (call) =>
      (filters.outcome === "" ||
        (filters.outcome === "failed" ? call.outcome !== "ok" : call.outcome === filters.outcome)) &&
      (filters.region === "" || call.region === filters.region) &&
      (filters.api === "" || call.api === filters.api),
  );
  const outcomes = readOutcomes.values
    .filter((value) => scan.calls.some((call) => call.outcome === value))
    .map((value) => ({ value, label: readOutcomeLabels[value] }));
  return (
    <LiveScan key={running ? "live" : "ended"} url={`${path}/events`} initial={scan.progress} then={then}>
      <Breadcrumb
        crumbs={[{ label: "Scans", href: `${root}/scans` }, { label: <Code>#{scan.number}</Code> }]}
      />
      <UntilItMoves
        running={<VerdictSentence parts={reading(scan)} />}
        ended={<VerdictSentence parts={[{ text: `The scan of ${scan.accountName} has ended.` }]} />}
      >
        <VerdictSentence parts={headline(scan)} />
      </UntilItMoves>
      <div className="mt-3 mb-[18px] flex flex-wrap items-center gap-x-[14px] gap-y-2 text-small text-ink-2">
        <UntilItMoves running={<ScanStatus status="running" />} ended={null}>
          <ScanStatus status={scan.status} />
        </UntilItMoves>
        {scan.verdicts.map((verdict) => (
          <span key={verdict.checkId}>
            {verdict.short ?? verdictLabels[verdict.verdict]} · <Code>{verdict.checkId}</Code>
            {verdict.findingKey ? (
              <>
                {" · "}
                <Link href={`${root}/findings/${verdict.findingKey}`} className="link">
                  {verdict.findingKey}
                </Link>
              </>
            ) : null}
          </span>
        ))}
        <span>
          Requested <Time at={scan.requestedAt} />
        </span>
      </div>
      {running && cancel ? (
        <div className="mb-[22px]">
          <ActionButton action={cancel} values={{ number: String(scan.number) }} pendingText="Cancelling…">
            Cancel this scan
          </ActionButton>
        </div>
      ) : null}
      {scan.errorText ? (
        <Notice tone={scan.status === "cancelled" ? "accepted" : "wait"} title={scan.errorText}>
          {scan.status === "failed"
            ? "The last verdict of this account is unchanged. The next scan starts on schedule, or when you start one."
            : null}
        </Notice>
      ) : null}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 xl:grid-cols-[minmax(0,1fr)_272px]">
        {running ? null : facts}
        <div className="min-w-0 xl:col-start-1 xl:row-start-1">
          {!running && scan.results.length > 0 ? (
            <Card id="results" title="What it found" flush>
              <CoverageView regions={scan.results.map(({ name, detail }) => [name, detail])} />
            </Card>
          ) : running || scan.progress.regions.length > 0 ? (
            <LiveProgress />
          ) : null}
          <FailuresCard failures={scan.failures} />
          {running ? null : (
            <CallLog
              calls={calls}
              total={scan.calls.length}
              csvHref={`${path}/calls.csv`}
              allHref={filters.all ? null : allHref(path, filters)}
              filter={
                <FilterForm
                  path={path}
                  selects={[
                    {
                      name: "outcome",
                      label: "Result",
                      value: filters.outcome,
                      anyLabel: "Any result",
                      choices: [{ value: "failed", label: "Failed" }, ...outcomes],
                    },
                    {
                      name: "region",
                      label: "Region",
                      value: filters.region,
                      anyLabel: "All Regions",
                      choices: distinct(scan.calls.map((call) => call.region)),
                    },
                    {
                      name: "api",
                      label: "Call",
                      value: filters.api,
                      anyLabel: "All calls",
                      choices: distinct(scan.calls.map((call) => call.api)),
                    },
                  ]}
                  clearHref={path}
                  activeCount={[filters.outcome, filters.region, filters.api].filter(Boolean).length}
                />
              }
            />
          )}
        </div>
        {running ? facts : null}
      </div>
    </LiveScan>
  );
}

function ScanFacts({ scan, root }: { readonly scan: ScanView; readonly root: string }) {
  return (
    <DefinitionList>
      <Definition term="Account">
        <Link href={`${root}/accounts/${scan.accountId}`} className="link">
          {scan.accountName}
        </Link>
      </Definition>
      <Definition term="Started by">
        {scanTriggerLabels[scan.trigger]}
        {scan.requestedBy ? (
          <div className="text-small font-normal text-ink-2">{scan.requestedBy}</div>
        ) : null}
      </Definition>
      {scan.notBefore ? (
        <Definition term="Waits until">
          <Time at={scan.notBefore} style="absolute" />
          <div className="text-small font-normal text-ink-2">
            The scan before it could not read everything. “Scan now” starts it right away.
          </div>
        </Definition>
      ) : null}
      {scan.startedAt ? (
        <Definition term="Started">
          <Time at={scan.startedAt} style="absolute" />
        </Definition>
      ) : null}
      {scan.finishedAt ? (
        <Definition term="Ended">
          <Time at={scan.finishedAt} style="absolute" />
        </Definition>
      ) : null}
      {scan.durationMs === null ? null : <Definition term="Took">{durationText(scan.durationMs)}</Definition>}
      {scan.regionsTotal === null ? null : (
        <Definition term="Regions">
          {scan.regionsRead ?? 0} of {scan.regionsTotal} read
        </Definition>
      )}
      {scan.apiCalls === null ? null : <Definition term="AWS calls">{scan.apiCalls}</Definition>}
      {scan.attempt > 1 ? <Definition term="Attempt">{scan.attempt}</Definition> : null}
      {scan.engineVersion ? (
        <Definition term="Engine">
          <Code>{scan.engineVersion}</Code>
        </Definition>
      ) : null}
    </DefinitionList>
  );
}
