import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { DashboardNow, DashboardOverTime } from "@/lib/dashboard/dashboard-view";
import { plural } from "@/lib/text";
import { listLink, openFilter } from "./list-link";
import { digits, durationText, shareText } from "./words";

/** The four numbers. Each says what it leaves out, and leads to what it counts. `overTime` is null when it could not be read. */
export function Numbers({
  now,
  overTime,
  root,
}: {
  readonly now: DashboardNow;
  readonly overTime: DashboardOverTime | null;
  readonly root: string;
}) {
  return (
    <ul className="numbers" aria-label="Figures">
      <li>{overTime === null ? <Unread label="Coverage, 30 days" /> : <Coverage {...overTime} />}</li>
      <li>
        <Open now={now} weekAgo={overTime?.openWeekAgo ?? null} root={root} />
      </li>
      <li>
        <Overdue now={now} root={root} />
      </li>
      <li>
        <Waiting now={now} root={root} />
      </li>
    </ul>
  );
}

function Figure({
  label,
  href,
  value,
  beside,
  children,
}: {
  readonly label: string;
  readonly href: string;
  readonly value: ReactNode;
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <Link href={href}>
      <span>{label}</span>
      <strong>
        {value} {beside}
      </strong>
      <small>{children}</small>
    </Link>
  );
}

function Unread({ label }: { readonly label: string }) {
  return (
    <Figure label={label} href="#trends" value="—">
      Could not be read just now
    </Figure>
  );
}

function Coverage({ coverage, coverageBefore, through }: DashboardOverTime) {
  const label = "Coverage, 30 days";
  if (through === null || coverage.coveredShare === null) {
    return (
      <Figure label={label} href="#trends" value="—">
        Known after the first whole day
      </Figure>
    );
  }
  const before = coverageBefore.coveredShare;
  const points = before === null ? 0 : Math.round((coverage.coveredShare - before) * 1_000) / 10;
  const unknown = coverage.unknownShare ?? 0;
  return (
    <Figure
      label={label}
      href="#trends"
      value={shareText(coverage.coveredShare)}
      beside={points === 0 ? null : <Change by={points} isGood={points > 0} than="than 30 days before" />}
    >
      of Region-hours; {unknown === 0 ? "nothing unknown" : `${shareText(unknown)} unknown, not covered`}
    </Figure>
  );
}

function Change({
  by,
  isGood,
  than,
}: {
  readonly by: number;
  readonly isGood: boolean;
  readonly than: string;
}) {
  return (
    <span className={isGood ? "text-proven" : "text-blind"}>
      <span aria-hidden="true">{by > 0 ? "▲" : "▼"}</span>
      <span className="sr-only">{by > 0 ? "up" : "down"} by</span> {digits(Math.abs(by))}
      <span className="sr-only"> {than}</span>
    </span>
  );
}

function Open({
  now: { open },
  weekAgo,
  root,
}: {
  readonly now: DashboardNow;
  readonly weekAgo: number | null;
  readonly root: string;
}) {
  const more = weekAgo === null ? 0 : open.total - weekAgo;
  return (
    <Figure
      label="Open"
      href={`${root}${listLink(openFilter)}`}
      value={digits(open.total)}
      beside={more === 0 ? null : <Change by={more} isGood={more < 0} than="than a week before" />}
    >
      {digits(open.urgent)} {plural(open.urgent, "is", "are")} P1 or P2; {digits(open.cameBack)} came back
    </Figure>
  );
}

function Overdue({ now, root }: { readonly now: DashboardNow; readonly root: string }) {
  const { open, mostOverdue, asOf } = now;
  const late = mostOverdue === null ? 0 : (Date.parse(asOf) - Date.parse(mostOverdue.at)) / 1_000;
  return (
    <Figure
      label="Overdue"
      href={`${root}${listLink({ due: open.overdue > 0 ? "overdue" : "week" })}`}
      value={digits(open.overdue)}
      beside={
        open.dueThisWeek === 0 ? null : (
          <span className="text-wait">{digits(open.dueThisWeek)} due this week</span>
        )
      }
    >
      {mostOverdue === null
        ? "Nothing is late"
        : `Oldest by ${durationText(late)}, ${mostOverdue.accountName}`}
    </Figure>
  );
}

function Waiting({
  now: { open, oldestClaim },
  root,
}: {
  readonly now: DashboardNow;
  readonly root: string;
}) {
  return (
    <Figure
      label="Waiting for proof"
      href={`${root}${listLink({ status: "awaiting_verification" })}`}
      value={digits(open.awaitingProof)}
    >
      {oldestClaim === null ? (
        "Nothing is claimed fixed"
      ) : (
        <>
          Oldest claim <Time at={oldestClaim.at} />
        </>
      )}
    </Figure>
  );
}
