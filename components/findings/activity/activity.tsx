import type { ReactNode } from "react";
import { Folded } from "@/components/ui/folded";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { type TimelineFilter, timelineFilterLabels, timelineFilters } from "@/lib/findings/timeline-states";
import type { TimelineLine, TimelinePage } from "@/lib/findings/timeline-view";
import { ActivityLine } from "./activity-line";
import { shownLines } from "./shown-lines";

/** How a finding's timeline is shown, and how its filters are reached. */
export interface ActivityView {
  readonly filter: TimelineFilter;
  readonly hrefOf: (filter: TimelineFilter) => string;
  /** Where a comment is written; null for who may write none. */
  readonly box: ReactNode | null;
}

/** What happened to this finding and what people said about it, newest last, as far as the page shows it. */
export function ActivitySection({
  page,
  view,
  scansHref,
  isWhole,
}: {
  readonly page: TimelinePage;
  readonly view: ActivityView;
  readonly scansHref: string;
  readonly isWhole: boolean;
}) {
  const { lines, nextCursor } = page;
  const cut = isWhole ? lines.length : shownLines(lines, nextCursor !== null);
  const older = cut < lines.length ? (lines[cut - 1]?.cursor ?? null) : nextCursor;
  return (
    <Section id="activity" title="Activity" aside={<Filters view={view} />}>
      {older === null ? null : <Older filter={view.filter} cursor={older} key={older} />}
      {lines.length === 0 ? (
        <p className="py-2 text-ink-2">
          {view.filter === "all" ? "Nothing has happened yet." : "Nothing of this kind has happened yet."}
        </p>
      ) : (
        <Lines lines={lines.slice(0, cut)} scansHref={scansHref} />
      )}
      {view.box}
    </Section>
  );
}

/** The lines before those that the page shows, and the way to those before them. */
export function EarlierActivity({
  page: { lines, nextCursor },
  filter,
  scansHref,
}: {
  readonly page: TimelinePage;
  readonly filter: TimelineFilter;
  readonly scansHref: string;
}) {
  return (
    <>
      {nextCursor === null ? null : <Older filter={filter} cursor={nextCursor} />}
      <Lines lines={lines} scansHref={scansHref} />
    </>
  );
}

function Older({ filter, cursor }: { readonly filter: TimelineFilter; readonly cursor: string }) {
  return (
    <Folded part={`activity:${filter}:${cursor}`} className="border-b border-line" summary="Show older" />
  );
}

function Filters({ view: { filter, hrefOf } }: { readonly view: ActivityView }) {
  return (
    <nav aria-label="Show in the activity" className="chips">
      {timelineFilters.values.map((one) => (
        <Link key={one} href={hrefOf(one)} scroll={false} aria-current={one === filter ? "true" : undefined}>
          {timelineFilterLabels[one]}
        </Link>
      ))}
    </nav>
  );
}

/** `lines` come newest first. */
function Lines({
  lines,
  scansHref,
}: {
  readonly lines: readonly TimelineLine[];
  readonly scansHref: string;
}) {
  return (
    <ol className="activity">
      {[...lines].reverse().map((line) => (
        <ActivityLine key={line.id} line={line} scansHref={scansHref} />
      ))}
    </ol>
  );
}
