import { Glyph, type GlyphName } from "@/components/coverage/glyph";
import { Folded } from "@/components/ui/folded";
import { Initials } from "@/components/ui/initials";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { FindingEventView } from "@/lib/findings/finding-view";
import type { FindingEventKind } from "@/lib/findings/lifecycle/states";
import { count } from "@/lib/text";

/** Lines on the page; older ones are the part `history`, unless there are too few to be worth a line of their own. */
const shown = 5;
const fewest = 5;

/** What AWS was seen to be. What people decide has no sign: a circle names them. */
const glyphs: Readonly<Partial<Record<FindingEventKind, GlyphName>>> = {
  detected: "not-logged",
  failing_again: "not-logged",
  still_failing: "not-logged",
  severity_changed: "not-logged",
  reason_changed: "not-logged",
  first_passed: "logged",
  now_passing: "logged",
  still_passing: "logged",
  could_not_read: "could-not-read",
  claim_refuted: "not-logged",
};

function olderThanShown(events: readonly FindingEventView[]): number {
  return events.length < shown + fewest ? 0 : events.length - shown;
}

/** What happened to this finding, newest last. Equal lines in a row are one line with a count. */
export function ActivitySection({
  events,
  scansHref,
  isWhole,
}: {
  readonly events: readonly FindingEventView[];
  readonly scansHref: string;
  readonly isWhole: boolean;
}) {
  const older = olderThanShown(events);
  return (
    <Section id="activity" title="Activity">
      {isWhole || older === 0 ? null : (
        <Folded part="history" className="border-b border-line" summary={count(older, "earlier line")} />
      )}
      {events.length === 0 ? (
        <p className="py-2 text-ink-2">Nothing has happened yet.</p>
      ) : (
        <Lines events={isWhole || older === 0 ? events : events.slice(0, shown)} scansHref={scansHref} />
      )}
    </Section>
  );
}

/** The lines that the page leaves out. */
export function EarlierActivity({
  events,
  scansHref,
}: {
  readonly events: readonly FindingEventView[];
  readonly scansHref: string;
}) {
  return <Lines events={events.slice(events.length - olderThanShown(events))} scansHref={scansHref} />;
}

function Sign({ kind, actor }: { readonly kind: FindingEventKind; readonly actor: string }) {
  const name = glyphs[kind];
  return name ? <Glyph name={name} /> : <Initials name={actor === "system" ? "Posturio" : actor} />;
}

/** `events` come newest first. */
function Lines({
  events,
  scansHref,
}: {
  readonly events: readonly FindingEventView[];
  readonly scansHref: string;
}) {
  return (
    <ol className="activity">
      {[...events].reverse().map(({ id, at, kind, actor, text, scanNumber, times }) => (
        <li key={id}>
          <Sign kind={kind} actor={actor} />
          <span>
            {scanNumber === null ? null : (
              <>
                <a href={`${scansHref}/${scanNumber}`}>Scan #{scanNumber}</a>:{" "}
              </>
            )}
            {text}
            {times > 1 ? <small> {times} times in a row</small> : null}
            {actor === "system" ? null : <small> · {actor}</small>}
          </span>
          <Time at={at} style="absolute" />
        </li>
      ))}
    </ol>
  );
}
