"use client";

import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect } from "react";
import { CoverageMap } from "@/components/coverage/coverage-map";
import type { GlyphName } from "@/components/coverage/glyph";
import { RegionGrid } from "@/components/coverage/region-grid";
import { Notice } from "@/components/ui/notice";
import { useLive } from "@/components/ui/use-live";
import type { RegionProgress, ScanProgress } from "@/lib/scans/scan-view";
import { useThrottled } from "./use-throttled";

const looks: Readonly<
  Record<
    RegionProgress["state"],
    { readonly glyph: GlyphName; readonly text: string; readonly tone: "quiet" | "wait" }
  >
> = {
  waiting: { glyph: "waiting", text: "Waiting", tone: "quiet" },
  read: { glyph: "read", text: "Read", tone: "quiet" },
  failed: { glyph: "could-not-read", text: "Could not read", tone: "wait" },
  not_enabled: { glyph: "not-enabled", text: "Not enabled", tone: "quiet" },
};

function summary(progress: ScanProgress): string {
  if (progress.status === "queued") return "Waiting for a worker to take this scan.";
  const enabled = progress.regions.filter((region) => region.state !== "not_enabled");
  const settled = enabled.filter((region) => region.state !== "waiting");
  if (enabled.length === 0)
    return `Asking AWS which Regions this account has. ${progress.calls} calls so far.`;
  const read = `${settled.length} of ${enabled.length} Regions asked, ${progress.calls} AWS calls`;
  return progress.done ? `${read}.` : `${read} so far.`;
}

interface Live {
  readonly state: ScanProgress;
  readonly lost: boolean;
  readonly initial: ScanProgress;
}

const Running = createContext<Live | null>(null);

/** Follows a scan for everything below it, so that no part of the page says what another knows to be over. */
export function LiveScan({
  url,
  initial,
  then,
  children,
}: {
  readonly url: string;
  readonly initial: ScanProgress;
  /** Where to go by itself when the scan has ended; null: stay. */
  readonly then: string | null;
  readonly children: ReactNode;
}) {
  const router = useRouter();
  const { state, lost } = useLive(url, initial, (progress) => progress.done);
  useEffect(() => {
    // Queued, running, ended: the rest of the page says each in its own words.
    if (state.status === initial.status) return;
    if (state.done && then !== null) router.replace(then);
    else router.refresh();
  }, [state.status, state.done, initial.status, then, router]);
  return <Running value={{ state, lost, initial }}>{children}</Running>;
}

/** `children` while the scan stands where the server saw it; after that, what is known of it until the page is read again. */
export function UntilItMoves({
  running,
  ended,
  children,
}: {
  readonly running: ReactNode;
  readonly ended: ReactNode;
  readonly children: ReactNode;
}) {
  const live = useContext(Running);
  if (live === null || live.state.status === live.initial.status) return children;
  return live.state.done ? ended : running;
}

/** A running scan: Regions light up one by one as they are read; when it ends the page shows the verdict. */
export function LiveProgress() {
  const live = useContext(Running);
  return live === null ? null : <Progress {...live} />;
}

function Progress({ state, lost, initial }: Live) {
  const announced = useThrottled(summary(state));
  const cells = state.regions.map((region) => ({ name: region.name, ...looks[region.state] }));
  return (
    <section aria-labelledby="progress-title" className="mb-4 rounded-card border border-line bg-surface">
      <header className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-line px-4 py-[11px]">
        <h2 id="progress-title" className="font-semibold">
          {state.done ? "What was read" : "Reading"}
        </h2>
        <p className="text-small text-ink-3">{summary(state)}</p>
      </header>
      <p aria-live="polite" className="sr-only">
        {announced}
      </p>
      {lost ? (
        <div className="px-4 pt-3">
          <Notice tone="wait" title="The live view lost its connection">
            The scan is still running. This page will reconnect automatically.
          </Notice>
        </div>
      ) : null}
      {state.attempt > 1 ? (
        <p className="px-4 pt-3 text-small text-ink-2">
          Attempt {state.attempt}: an earlier worker stopped before it finished, so the scan started over.
        </p>
      ) : null}
      <div className="px-4 pt-2 max-sm:hidden">
        <CoverageMap markers={cells} live={!initial.done} />
      </div>
      <div className="px-4 pb-[10px]">
        {cells.length > 0 ? (
          <RegionGrid cells={cells} />
        ) : (
          <p className="py-3 text-ink-2">The account has not returned its list of Regions yet.</p>
        )}
      </div>
    </section>
  );
}
