import { Code } from "@/components/ui/code";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { Description } from "@/lib/checks/description";
import type { FindingView } from "@/lib/findings/finding-view";
import { count } from "@/lib/text";
import { NotEvaluatedNotice } from "./not-evaluated-notice";

/** What limits the verdict that is shown: each says what still holds. */
export function FindingNotices({
  finding,
  root,
  isProofShown,
}: {
  readonly finding: FindingView;
  readonly root: string;
  /** Whether it is proven is said by the proof itself. */
  readonly isProofShown: boolean;
}) {
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
      ) : finding.observation === "passing" &&
        finding.key !== null &&
        finding.status !== "resolved" &&
        !isProofShown ? (
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

function plain(description: Description): string {
  return description.sentence.map((part) => part.text).join("");
}
