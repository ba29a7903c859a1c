import type { ReactNode } from "react";
import { Glyph, type GlyphName } from "@/components/coverage/glyph";
import { Initials } from "@/components/ui/initials";
import { Time } from "@/components/ui/time";
import type { FindingEventKind } from "@/lib/findings/lifecycle/states";
import type { CommentLine, EventLine, TimelineLine } from "@/lib/findings/timeline-view";
import { count } from "@/lib/text";
import { actorName, type Deed, deedOf } from "./activity-words";
import { CommentText } from "./comment-text";

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
  pass_to_prove: "pending",
  verified: "proven",
  verification_failed: "not-logged",
  verification_inconclusive: "could-not-read",
  claim_timed_out: "could-not-read",
  reopened: "not-logged",
};

/** What a verification found out. The scan that it rests on did not say it. */
const ofVerification: ReadonlySet<FindingEventKind> = new Set([
  "verified",
  "verification_failed",
  "verification_inconclusive",
]);

/** One line of a finding's timeline: who, what, when. */
export function ActivityLine({
  line,
  scansHref,
}: {
  readonly line: TimelineLine;
  readonly scansHref: string;
}) {
  return line.type === "comment" ? <Comment line={line} /> : <Event line={line} scansHref={scansHref} />;
}

function Comment({ line }: { readonly line: CommentLine }) {
  return (
    <li id={`comment-${line.id}`}>
      <Initials name={actorName(line.author)} />
      <div>
        <b>{actorName(line.author)}</b>
        <CommentText body={line.body} mentions={line.mentions} />
      </div>
      <Time at={line.at} style="absolute" />
    </li>
  );
}

function Event({ line, scansHref }: { readonly line: EventLine; readonly scansHref: string }) {
  const glyph = glyphs[line.kind];
  return (
    <li>
      {glyph ? <Glyph name={glyph} /> : <Initials name={actorName(line.actor)} />}
      <div>
        {line.actor.type === "system" ? <Seen line={line} scansHref={scansHref} /> : <Done line={line} />}
      </div>
      <Time at={line.at} style="absolute" />
    </li>
  );
}

/** What a scan saw, or what followed from it. */
function Seen({ line, scansHref }: { readonly line: EventLine; readonly scansHref: string }) {
  const { kind, scanNumber, text, isUnchanged, times } = line;
  return (
    <>
      {scanNumber === null || ofVerification.has(kind) ? null : (
        <>
          <a href={`${scansHref}/${scanNumber}`}>Scan #{scanNumber}</a>:{" "}
        </>
      )}
      {text}
      {scanNumber !== null && ofVerification.has(kind) ? (
        <small>
          {" "}
          Read by <a href={`${scansHref}/${scanNumber}`}>scan #{scanNumber}</a>
        </small>
      ) : null}
      {isUnchanged ? <small> {count(times, "scan")}, unchanged</small> : null}
      {!isUnchanged && times > 1 ? <small> {times} times in a row</small> : null}
    </>
  );
}

/** What somebody did. */
function Done({ line }: { readonly line: EventLine }) {
  const deed = deedOf(line);
  const actor = actorName(line.actor);
  if (deed === null) {
    return (
      <>
        {line.text} <small>· {actor}</small>
      </>
    );
  }
  const aside = asideOf(deed);
  return (
    <>
      <b>{actor}</b> {deed.verb}
      {deed.object === null ? null : (
        <>
          {" "}
          <b>{deed.object}</b>
        </>
      )}
      .{line.times > 1 ? <small> {line.times} times in a row</small> : null}
      {aside === null ? null : <small className="block">{aside}</small>}
      {deed.note === null ? null : <p>{deed.note}</p>}
    </>
  );
}

/** Before and after, and what was checked. */
const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/**
 * Due is the end of a day of the organization's, not of the reader's. Half a day before is that day of UTC wherever the
 * organization is, but beyond UTC+12.
 */
function dueDay(at: string): string {
  return day.format(Date.parse(at) - 12 * 3_600_000);
}

function asideOf({ change, checked, due }: Deed): ReactNode {
  if (due !== null) {
    return (
      <>
        {due.from === null ? "None" : dueDay(due.from)} → {due.to === null ? "None" : dueDay(due.to)}
      </>
    );
  }
  if (change === null) return null;
  return checked === null ? change : `${change}. Checked: ${checked}.`;
}
