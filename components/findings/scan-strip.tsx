"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { Glyph, type GlyphName } from "@/components/coverage/glyph";
import { useThrottled } from "@/components/scans/use-throttled";
import { cx } from "@/components/ui/cx";
import { useLive } from "@/components/ui/use-live";
import type { ScanProgress } from "@/lib/scans/scan-view";
import { type Landing, landing } from "./landing";
import { useVisit } from "./visit";

const grounds: Readonly<Record<Landing["tone"], string>> = {
  proven: "bg-proven-tint",
  wait: "bg-wait-ground",
  blind: "bg-blind-tint",
  neutral: "bg-sunken",
};

const glyphs: Readonly<Record<Landing["tone"], GlyphName>> = {
  proven: "logged",
  wait: "pending",
  blind: "not-logged",
  neutral: "read",
};

/**
 * The line above the verdict: how far a scan is, then what it changed. It stays until the page is left. Nothing is
 * there while no scan was under way in this visit.
 */
export function ScanStrip({
  active,
  scansHref,
  isProven,
}: {
  /** The scan of this account that is under way. */
  readonly active: number | null;
  readonly scansHref: string;
  /** Nothing is outstanding of a pass. */
  readonly isProven: boolean;
}) {
  const { before, landed: stood, now, isStarting } = useVisit();
  const [ended, setEnded] = useState<ScanProgress | null>(null);
  const landed = before && landing(before, stood, isProven);
  // An end that the finding does not know of: cancelled, or failed before anything was judged.
  const isVain = ended !== null && active === null && (now.scan ?? 0) < ended.number;
  return (
    <div role="status">
      {active !== null ? (
        <Following key={active} number={active} scansHref={scansHref} onEnd={setEnded} />
      ) : isStarting ? (
        <Strip tone="neutral" glyph="waiting">
          Starting a scan…
        </Strip>
      ) : isVain ? (
        <Strip tone="wait" glyph="could-not-read" link={<Calls href={`${scansHref}/${ended.number}`} />}>
          <b>Scan #{ended.number} ended without a verdict.</b> {ended.errorText ?? "Nothing changed."}
        </Strip>
      ) : landed ? (
        <Strip
          tone={landed.tone}
          glyph={glyphs[landed.tone]}
          link={<Calls href={`${scansHref}/${stood.scan}`} />}
        >
          <b>{landed.title}</b> {landed.change}
          {landed.note === null ? null : (
            <span className="text-ink-2 max-md:block">
              <span className="max-md:hidden"> · </span>
              {landed.note}
            </span>
          )}
        </Strip>
      ) : null}
    </div>
  );
}

/** The scan's own stream, which all who watch it share. Its end brings the page up to date. */
function Following({
  number,
  scansHref,
  onEnd,
}: {
  readonly number: number;
  readonly scansHref: string;
  readonly onEnd: (progress: ScanProgress) => void;
}) {
  const router = useRouter();
  const { state, lost } = useLive(`${scansHref}/${number}/events`, queued(number), ({ done }) => done);
  useEffect(() => {
    if (!state.done) return;
    onEnd(state);
    router.refresh();
  }, [state, onEnd, router]);
  const text = lost ? `Scan #${number} goes on. Connecting to it again…` : progressText(state);
  const announced = useThrottled(text);
  return (
    <Strip tone="neutral" glyph="waiting" link={<Calls href={`${scansHref}/${number}`} />}>
      <span aria-hidden="true">{text}</span>
      <span className="sr-only">{announced}</span>
    </Strip>
  );
}

function queued(number: number): ScanProgress {
  return { number, status: "queued", attempt: 0, calls: 0, regions: [], errorText: null, done: false };
}

function progressText({ status, number, regions, done }: ScanProgress): string {
  if (status === "queued") return `Scan #${number} waits for a worker…`;
  const enabled = regions.filter(({ state }) => state !== "not_enabled");
  if (enabled.length === 0) return "Asking AWS which Regions this account has…";
  const settled = enabled.filter(({ state }) => state !== "waiting").length;
  return done || settled === enabled.length
    ? `${settled} of ${enabled.length} Regions read. Evaluating…`
    : `Reading ${settled} of ${enabled.length} Regions…`;
}

function Calls({ href }: { readonly href: string }) {
  return (
    <a href={href} className="link text-small">
      See all calls
    </a>
  );
}

function Strip({
  tone,
  glyph,
  link,
  children,
}: {
  readonly tone: Landing["tone"];
  readonly glyph: GlyphName;
  readonly link?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className={cx("strip", grounds[tone])}>
      <Glyph name={glyph} />
      <span>{children}</span>
      {link}
    </div>
  );
}
