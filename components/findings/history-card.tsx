import { Card } from "@/components/ui/card";
import { Folded } from "@/components/ui/folded";
import { Time } from "@/components/ui/time";
import type { FindingEventView } from "@/lib/findings/finding-view";
import { count } from "@/lib/text";

/** Lines on the page; older ones are the part `history`. */
const shown = 12;

/** What happened to this finding, newest first. Equal lines in a row are one line with a count. */
export function HistoryCard({
  events,
  scansHref,
  isWhole,
}: {
  readonly events: readonly FindingEventView[];
  readonly scansHref: string;
  readonly isWhole: boolean;
}) {
  const older = events.length - shown;
  return (
    <Card id="history" title="History" aside="Newest first" flush>
      {events.length === 0 ? (
        <p className="px-4 py-[14px] text-ink-2">Nothing has happened yet.</p>
      ) : (
        <HistoryLines events={isWhole ? events : events.slice(0, shown)} scansHref={scansHref} />
      )}
      {isWhole || older <= 0 ? null : (
        <Folded part="history" className="border-t border-line" summary={count(older, "older line")} />
      )}
    </Card>
  );
}

/** The lines that the page leaves out. */
export function OlderHistory({
  events,
  scansHref,
}: {
  readonly events: readonly FindingEventView[];
  readonly scansHref: string;
}) {
  return <HistoryLines events={events.slice(shown)} scansHref={scansHref} />;
}

function HistoryLines({
  events,
  scansHref,
}: {
  readonly events: readonly FindingEventView[];
  readonly scansHref: string;
}) {
  return (
    <ol>
      {events.map((event) => (
        <li
          key={event.id}
          className="grid grid-cols-[120px_minmax(0,1fr)] gap-x-4 gap-y-1 border-b border-line px-4 py-[10px] last:border-b-0 max-sm:grid-cols-1"
        >
          <span className="text-small text-ink-3">
            <Time at={event.at} />
          </span>
          <span className="min-w-0">
            {event.text}
            {event.times > 1 ? <span className="text-ink-3"> ({event.times} times in a row)</span> : null}
            <span className="text-small text-ink-3">
              {" · "}
              {event.actor === "system" ? "Posturio" : event.actor}
              {event.scanNumber !== null ? (
                <>
                  {" · "}
                  <a href={`${scansHref}/${event.scanNumber}`} className="link">
                    scan #{event.scanNumber}
                  </a>
                </>
              ) : null}
            </span>
          </span>
        </li>
      ))}
    </ol>
  );
}
