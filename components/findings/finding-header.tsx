import type { ReactNode } from "react";
import { Code } from "@/components/ui/code";
import { Time } from "@/components/ui/time";
import type { SentencePart } from "@/lib/checks/description";
import { passNote } from "@/lib/checks/labels";
import type { FindingView } from "@/lib/findings/finding-view";
import type { FormAction } from "@/lib/input/form-view";
import { comebackWords } from "./comeback-words";
import { CopyFix } from "./copy-fix";
import { ScanButton } from "./scan-button";
import { Severity } from "./severity";
import { ObservationTag } from "./status-tag";
import { VerdictSentence } from "./verdict-sentence";
import { whoScans } from "./who-scans";

/** What the finding is about: the verdict, and what follows from it. */
export function FindingHeader({
  finding,
  root,
  scanNow,
  scanners,
  triage,
  verify,
  proven,
  hasFix,
}: {
  readonly finding: FindingView;
  readonly root: string;
  /** Null for people who may not scan. */
  readonly scanNow: FormAction | null;
  /** Whom to ask for a scan, where `scanNow` is null. */
  readonly scanners: readonly string[];
  /** What else can be done with it, after the fix and the scan. */
  readonly triage: ReactNode | null;
  /** Has it proven. */
  readonly verify: ReactNode | null;
  /** What is said first while it is being proven, and once it was; null where the verdict is. */
  readonly proven: readonly SentencePart[] | null;
  /** The page has a command or code to copy. */
  readonly hasFix: boolean;
}) {
  const { decided, latest, accountName } = finding;
  const shown = decided ?? latest;
  const sentence = proven ??
    shown?.description.sentence ?? [{ text: `${accountName} has not been evaluated yet.` }];
  const isBack = proven === null && finding.comebacks > 0 && decided?.evaluation.verdict === "FAIL";
  const isConnected = finding.accountStatus !== "disconnected";
  return (
    <>
      <VerdictSentence
        parts={sentence}
        names={[accountName]}
        before={isBack ? `Back again${comebackWords(finding.comebacks)}.` : undefined}
      />
      <div className="mt-3 mb-4 flex flex-wrap items-center gap-x-[14px] gap-y-[6px] text-small leading-[22px] text-ink-2 max-md:mt-[10px] max-md:mb-3">
        <ObservationTag
          observation={finding.observation}
          assurance={finding.assurance}
          note={decided && finding.observation === "passing" ? passNote(decided.evaluation) : ""}
          comebacks={isBack ? finding.comebacks : 0}
          episode={finding.episode}
          status={finding.key === null ? "none" : finding.status}
        />
        {finding.severity ? <Severity value={finding.severity} /> : null}
        <Code className="max-md:hidden">{finding.checkId}</Code>
        {decided ? (
          <span>
            Read <Time at={decided.at} />,{" "}
            <a href={`${root}/scans/${decided.scanNumber}`} className="link">
              scan #{decided.scanNumber}
            </a>
          </span>
        ) : null}
      </div>
      <div className="actions">
        {hasFix ? <CopyFix /> : null}
        {verify}
        {scanNow && isConnected ? (
          <ScanButton
            action={scanNow}
            finding={finding.id}
            variant={hasFix || finding.observation === "passing" ? "outline" : "primary"}
          />
        ) : null}
        {triage}
      </div>
      {scanNow === null && isConnected ? (
        <p className="-mt-3 mb-5 text-small text-ink-2">{whoScans(finding.observation, scanners)}</p>
      ) : null}
    </>
  );
}
