import { Fragment, type ReactNode } from "react";
import { Code } from "@/components/ui/code";
import { Breadcrumb } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import type { FindingProof } from "@/components/verification/finding-proof";
import type { CheckDefinition } from "@/lib/checks/check";
import type { Description } from "@/lib/checks/description";
import type { Evaluation } from "@/lib/checks/evaluation";
import type { Guardrail } from "@/lib/checks/guardrail";
import type { SuggestedChange } from "@/lib/checks/suggested-change";
import type { FindingView } from "@/lib/findings/finding-view";
import type { FormAction } from "@/lib/input/form-view";
import { ActivitySection, type ActivityView } from "./activity/activity";
import { BackCard } from "./back-card";
import { CleanupCard } from "./cleanup-card";
import { FindingContents } from "./finding-contents";
import { FirstFacts, OtherFacts } from "./finding-facts";
import { FindingHeader } from "./finding-header";
import { FindingNotices } from "./finding-notices";
import { FixCard } from "./fix-card";
import { GuardrailsBeside, GuardrailsSection } from "./guardrails";
import { HowWeKnow } from "./how-we-know";
import { AfterChange, type LookActions, LooksNotice } from "./look-again";
import { PriorityReceipt } from "./priority-receipt";
import { QuestionsSection } from "./questions";
import { BlindCount, RegionsTitle, RegionsView } from "./regions-view";
import { ScanStrip } from "./scan-strip";
import { SectionCards } from "./section-card";
import { VisitOf } from "./visit";

/** The page of one finding: what is wrong, what to do, where, and how we know, in this order. */
export function FindingDetail({
  finding,
  root,
  check,
  guardrails,
  scanNow,
  scanners,
  look,
  triage,
  proof,
  ownerFacts,
  activity,
  isWhole,
  list = null,
}: {
  readonly finding: FindingView;
  readonly root: string;
  /** Absent for a check that this version does not have. */
  readonly check: CheckDefinition | undefined;
  readonly guardrails: readonly Guardrail[];
  /** Null for people who may not scan. */
  readonly scanNow: FormAction | null;
  /** Whom to ask for a scan, where `scanNow` is null. */
  readonly scanners: readonly string[];
  /** Null for people who may not have it looked at again. */
  readonly look: LookActions | null;
  /** What else can be done with it: stands in the row of actions, after the fix and the scan. */
  readonly triage: ReactNode | null;
  /** Null where there can be none. */
  readonly proof: FindingProof | null;
  /** Whose it is and when it is due: lines of the facts, before all others. */
  readonly ownerFacts: ReactNode | null;
  readonly activity: ActivityView;
  /** Show what is folded too, on this very page: for printing, and for browsers without scripts. */
  readonly isWhole: boolean;
  /** The list that the reader came from, and the finding's place in it. */
  readonly list?: { readonly query: string; readonly place: ReactNode } | null;
}) {
  const { decided, latest, back } = finding;
  // What the page is about: the current verdict, or, when there never was one, the attempt to reach it.
  const shown = decided ?? latest;
  const last = latest ?? decided;
  const scansHref = `${root}/scans`;
  const accountHref = `${root}/accounts/${finding.accountId}`;
  const change = decided?.evaluation.verdict === "PASS" ? null : (shown?.description.change ?? null);
  const regions = check?.hasRegionVerdicts === false ? [] : (shown?.evaluation.regions ?? []);
  const isRegionsBeside = change !== null && back === null && regions.length > 0;
  // What an older scan found may have changed since, so nothing is stopped or deleted because of it.
  const isPresent =
    finding.observation === "passing" && !finding.isStale && finding.accountStatus === "connected";
  const after =
    shown?.description.waitFor === undefined ? null : (
      <AfterChange finding={finding} waitFor={shown.description.waitFor} actions={look} />
    );
  return (
    <VisitOf key={finding.id} now={standingOf(finding, regions)}>
      <div className="flex items-start justify-between gap-4">
        <Breadcrumb
          crumbs={[
            { label: "Findings", href: `${root}/findings${list?.query ? `?${list.query}` : ""}` },
            { label: finding.key ? <Code>{finding.key}</Code> : finding.accountName },
          ]}
        />
        {list?.place}
      </div>
      <div className="finding">
        <div>
          <ScanStrip
            active={finding.activeScanNumber}
            scansHref={scansHref}
            isProven={finding.assurance !== "PENDING" && finding.assurance !== "INFERRED"}
          />
          <FindingHeader
            finding={finding}
            root={root}
            scanNow={scanNow}
            scanners={scanners}
            triage={triage}
            verify={proof?.actions ?? null}
            proven={proof?.sentence ?? null}
            hasFix={change !== null && hasCode(change)}
          />
        </div>
        <aside aria-label="Facts">
          <div>
            <FirstFacts finding={finding} owner={ownerFacts} />
            <PriorityReceipt finding={finding} accountHref={accountHref} hasRegions={regions.length > 0} />
            {/* Other facts, not these moved, when the receipt above goes or comes. */}
            <Fragment key={finding.receipt ? "with-receipt" : "alone"}>
              <OtherFacts
                finding={finding}
                frameworks={check?.frameworks ?? []}
                accountHref={accountHref}
                isWhole={isWhole}
              />
              <FindingContents
                parts={[
                  ...(proof?.place === "first" ? [{ id: "proof", title: "Proof" }] : []),
                  ...(back ? [{ id: "back", title: "What put it back" }] : []),
                  ...(change ? [{ id: "fix", title: "Fix" }] : []),
                  ...(proof?.place === "after-fix" ? [{ id: "proof", title: "Proof" }] : []),
                  ...(regions.length > 0
                    ? [{ id: "regions", title: "Regions", count: blindCount(shown) }]
                    : []),
                  ...(proof?.place === "after-regions" ? [{ id: "proof", title: "Proof" }] : []),
                  ...(guardrails.length > 0 ? [{ id: "guardrails", title: "Keep it fixed" }] : []),
                  ...(shown?.description.sections ?? []).map((section) => ({
                    id: section.id,
                    title: section.title,
                    ...(section.kind === "table" ? { count: section.rows.length } : {}),
                  })),
                  {
                    id: "activity",
                    title: "Activity",
                    // How many there are in all takes reading all of them.
                    ...(finding.timeline.nextCursor === null ? { count: finding.timeline.lines.length } : {}),
                  },
                  ...(last ? [{ id: "readings", title: "How we know" }] : []),
                  ...(check ? [{ id: "questions", title: "Questions" }] : []),
                ]}
              />
            </Fragment>
          </div>
        </aside>
        {/* Another body, not this one moved: nothing of it is where it was when the fix goes or comes. */}
        <div key={change ? "fix" : "passing"}>
          {finding.looks ? <LooksNotice looks={finding.looks} finding={finding} actions={look} /> : null}
          <FindingNotices finding={finding} root={root} isProofShown={proof?.place != null} />
          {proof?.place === "first" ? proof.panel : null}
          {back ? <BackCard back={back} scansHref={scansHref} /> : null}
          {change ? (
            <FixCard
              change={change}
              isWhole={isWhole}
              isBrief={back !== null}
              beside={
                isRegionsBeside ? (
                  <section id="regions" aria-labelledby="regions-title">
                    <header>
                      <h2 id="regions-title">
                        <BlindCount />
                      </h2>
                      <span>of {regions.filter(({ state }) => state !== "not_enabled").length} enabled</span>
                    </header>
                    <RegionsView place="beside" isWhole={isWhole} />
                  </section>
                ) : back && guardrails.length > 0 ? (
                  <GuardrailsBeside guardrails={guardrails} isWhole={isWhole} />
                ) : null
              }
            >
              {after}
            </FixCard>
          ) : after ? (
            <section id="after" aria-label="What is outstanding" className="panel">
              {after}
            </section>
          ) : null}
          {proof?.place === "after-fix" ? proof.panel : null}
          {regions.length > 0 && !isRegionsBeside ? (
            <Section id="regions" title={<RegionsTitle />}>
              <RegionsView place="wide" isWhole={isWhole} />
            </Section>
          ) : null}
          {proof?.place === "after-regions" ? proof.panel : null}
          {isPresent && decided?.description.cleanup ? (
            <CleanupCard cleanup={decided.description.cleanup} />
          ) : null}
          {back && change ? null : <GuardrailsSection guardrails={guardrails} isWhole={isWhole} />}
          {shown && shown.description.advisories.length > 0 ? (
            <Advisories advisories={shown.description.advisories} />
          ) : null}
          {shown ? <SectionCards sections={shown.description.sections} isPlain /> : null}
          <ActivitySection
            key={activity.filter}
            page={finding.timeline}
            view={activity}
            scansHref={scansHref}
            isWhole={isWhole}
          />
          {last ? (
            <HowWeKnow
              readings={finding.readings}
              regions={regions}
              scanHref={`${scansHref}/${last.scanNumber}`}
              scanNumber={last.scanNumber}
              isWhole={isWhole}
            />
          ) : null}
          {check ? <QuestionsSection check={check} isBrief={back !== null && !isWhole} /> : null}
          <p className="mt-3 text-small">
            <a href={isWhole ? "?" : "?all=1"} className="link">
              {isWhole ? "Hide details" : "Show everything on one page"}
            </a>
          </p>
        </div>
        {/* Once this is there, all of the above is: see finding.css. */}
        <span hidden />
      </div>
    </VisitOf>
  );
}

function standingOf(finding: FindingView, regions: Evaluation["regions"]) {
  const { decided, lastScan, observation, observationSince: since, short } = finding;
  return {
    scan: lastScan?.number ?? null,
    decidedScan: decided?.scanNumber ?? null,
    observation,
    since,
    blind: regions.length > 0 ? blindCount(decided) : null,
    short,
    regions: regions.map(({ name, detail }) => [name, detail] as const),
  };
}

/** Regions that are not logged, or not wholly. */
function blindCount(said: FindingView["decided"]): number {
  return (said?.evaluation.regions ?? []).filter(({ state }) => state === "uncovered" || state === "partial")
    .length;
}

/** There is something to copy: some changes are steps in a console. */
function hasCode({ tabs, command, defaultTab }: SuggestedChange): boolean {
  const shown = tabs?.find(({ id }) => id === defaultTab) ?? tabs?.[0];
  return (shown?.parts.length ?? 0) > 0 || command !== undefined;
}

function Advisories({ advisories }: { readonly advisories: Description["advisories"] }) {
  return (
    <Section id="advisories" title="Also worth knowing">
      <ul className="lines-list">
        {advisories.map((advisory) => (
          <li key={`${advisory.code} ${advisory.text}`}>{advisory.text}</li>
        ))}
      </ul>
    </Section>
  );
}
