"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useState } from "react";
import { Glyph } from "@/components/coverage/glyph";
import { RefreshEvery } from "@/components/findings/refresh-every";
import { useThrottled } from "@/components/scans/use-throttled";
import { Time } from "@/components/ui/time";
import { useLive } from "@/components/ui/use-live";
import type { FormAction } from "@/lib/input/form-view";
import { count } from "@/lib/text";
import type { VerificationView } from "@/lib/verification/verification-view";
import { FailingRows } from "./failing-rows";
import { KeysRow } from "./keys-row";
import { LookRuler } from "./look-ruler";
import { InferredRegions, NewRegions } from "./new-regions";
import { countStates } from "./proof-counts";
import { reasonTrees, regionsText } from "./reason-tree";
import { ProvenRegions, ReasonTrees } from "./reason-trees";
import { RegionsTable } from "./regions-table";
import { useNow } from "./use-now";
import { VerifiedHead } from "./verified-head";

export interface ProofPanelProps {
  readonly verification: VerificationView;
  /** Where a verification that runs is followed. */
  readonly events: string;
  readonly scansHref: string;
  /** Null for who may not have it tried again. */
  readonly retry: FormAction | null;
  /** Claims of this episode that did not hold. */
  readonly failedClaims: number;
  /** Who is told when it is decided. */
  readonly tells: string;
  /** Nothing is folded. */
  readonly isWhole: boolean;
}

/**
 * The proof of a finding: two keys that turn independently, and what each rests on. A client component because Regions
 * tick in while it runs, and because its table is sent once this way; see FindingRows.
 */
export function ProofPanel(props: ProofPanelProps) {
  const { verification, events } = props;
  const [live, setLive] = useState<VerificationView | null>(null);
  const isOwn = live !== null && live.id === verification.id;
  // What the stream told is newer than the page, until the page says how it ended.
  const shown = isOwn && verification.status === "running" ? live : verification;
  return (
    <section id="proof" aria-labelledby="proof-title" className="panel proof">
      {verification.status === "running" ? (
        <Following key={verification.id} url={events} first={verification} onChange={setLive} />
      ) : null}
      <Body {...props} verification={shown} isMoment={isOwn && shown.status === "passed"} />
    </section>
  );
}

/** The verification's own stream, which all who watch it share. Its end brings the page up to date. */
function Following({
  url,
  first,
  onChange,
}: {
  readonly url: string;
  readonly first: VerificationView;
  readonly onChange: (verification: VerificationView) => void;
}) {
  const router = useRouter();
  const isDone = useCallback((state: VerificationView | null) => state?.status !== "running", []);
  const { state, lost } = useLive<VerificationView | null>(url, first, isDone);
  useEffect(() => {
    if (state !== null) onChange(state);
    if (isDone(state)) router.refresh();
  }, [state, onChange, isDone, router]);
  const announced = useThrottled(announcement(state ?? first));
  return (
    <p role="status" className={lost ? "lost" : "sr-only"}>
      {lost ? "The proof goes on. Connecting to it again…" : announced}
    </p>
  );
}

function announcement({ status, keyA, keyB }: VerificationView): string {
  if (status === "passed") return "Verified";
  if (status !== "running") return "The proof has ended";
  if (keyA.state === "waiting") return "Reading the account";
  const { all, passed } = countStates(keyB);
  return all === 0 ? "Waiting for a second reading" : `${passed} of ${count(all, "Region")} delivered`;
}

function Body({
  verification,
  scansHref,
  retry,
  failedClaims,
  tells,
  isWhole,
  isMoment,
}: ProofPanelProps & { readonly isMoment: boolean }) {
  const { status, keyA, keyB, nextAt, scanNumber, inheritance } = verification;
  const isRunning = status === "running";
  const now = useNow(isRunning, verification.startedAt);
  const isLooking = isRunning && nextAt !== null && now >= Date.parse(nextAt);
  const scanHref = scanNumber === null ? null : `${scansHref}/${scanNumber}`;
  const hasRegions = keyA.state !== "waiting" && (keyA.regions.length > 0 || keyB.regions.length > 0);
  return (
    <>
      <header className="bar">
        <h2 id="proof-title">Proof</h2>
        <span>
          <Heading verification={verification} scanHref={scanHref} />
        </span>
      </header>
      {status === "failed" ? <FailingRows verification={verification} failedClaims={failedClaims} /> : null}
      {status === "passed" ? (
        <VerifiedHead verification={verification} scanHref={scanHref} isMoment={isMoment} />
      ) : (
        <KeysRow verification={verification} isLooking={isLooking} />
      )}
      {status === "inconclusive" ? <Undecided verification={verification} /> : null}
      {keyB.regions.length > 0 && status !== "inconclusive" ? <NewRegions state={inheritance.state} /> : null}
      <InferredRegions verification={verification} />
      {isRunning ? <LookRuler verification={verification} now={now} tells={tells} /> : null}
      {status === "inconclusive" ? (
        <>
          <ReasonTrees verification={verification} retry={retry} />
          <ProvenRegions verification={verification} />
        </>
      ) : null}
      {hasRegions ? (
        isRunning ? (
          <RegionsTable verification={verification} now={now} isLooking={isLooking} />
        ) : (
          <FoldedTable verification={verification} now={now} isWhole={isWhole} />
        )
      ) : null}
      {hasRegions && isRunning ? (
        <footer>
          <span>Delivered: AWS reports a log delivery later than our own call in that Region.</span>
          <span>Usually 5 to 15 min</span>
        </footer>
      ) : null}
    </>
  );
}

/** Which verification, when, and the scan that it rests on. */
function Heading({
  verification: { number, status, startedAt, finishedAt, looksDone, scanNumber },
  scanHref,
}: {
  readonly verification: VerificationView;
  readonly scanHref: string | null;
}) {
  return (
    <>
      Verification #{number} ·{" "}
      {status === "running" ? (
        <>
          started <Time at={startedAt} style="absolute" />
        </>
      ) : (
        <>
          <Time at={startedAt} style="absolute" />
          {finishedAt === null ? null : (
            <>
              {" "}
              to <Time at={finishedAt} style="clock" />
            </>
          )}
          {looksDone > 0 ? ` · ${count(looksDone, "look")}` : null}
        </>
      )}
      {scanHref === null ? null : (
        <>
          {" "}
          ·{" "}
          <a href={scanHref} className="link">
            scan #{scanNumber}
          </a>
        </>
      )}
    </>
  );
}

/** It is neither proven nor refuted, and what happens next. */
function Undecided({ verification }: { readonly verification: VerificationView }) {
  const { nextAt } = verification;
  const regions = reasonTrees(verification).flatMap((tree) => tree.regions);
  const what =
    regions.length === 0
      ? "it"
      : regions.length === 1
        ? regionsText(regions)
        : `these ${regions.length} Regions`;
  return (
    <div className="line">
      <Glyph name="pending" />
      <p>
        <b>Nothing failed, so nothing is reopened, and nothing is Verified.</b>{" "}
        {nextAt === null ? (
          "It is not tried again by itself."
        ) : (
          <>
            We try {what} again by ourselves at <Time at={nextAt} style="clock" />. After 72 hours the finding
            goes back to In progress.
            <RefreshEvery seconds={30} />
          </>
        )}
      </p>
    </div>
  );
}

/** Its rows are drawn once somebody wants to see them. */
function FoldedTable({
  verification,
  now,
  isWhole,
}: {
  readonly verification: VerificationView;
  readonly now: number;
  readonly isWhole: boolean;
}) {
  const [wasOpened, setOpened] = useState(isWhole);
  return (
    <details
      className="fold"
      open={isWhole}
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) setOpened(true);
      }}
    >
      <summary>Both keys, Region by Region</summary>
      {wasOpened ? <RegionsTable verification={verification} now={now} isLooking={false} /> : null}
    </details>
  );
}
