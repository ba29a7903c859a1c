import { LinkButton } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { DashboardNow } from "@/lib/dashboard/dashboard-view";
import { digits, durationText } from "./words";

/** What keeps the figures from being the whole truth: accounts that cannot be read, and scans that stopped. */
export function DashboardNotices({
  now: { accounts, lastScan },
  root,
  mayScan,
}: {
  readonly now: DashboardNow;
  readonly root: string;
  readonly mayScan: boolean;
}) {
  return (
    <>
      {lastScan?.isStale ? (
        <Notice
          tone="wait"
          title={
            lastScan.everyMinutes === null
              ? "Nothing has been scanned for more than a day"
              : `Scheduled every ${durationText(lastScan.everyMinutes * 60)}, and nothing is newer`
          }
          action={
            <LinkButton href={`${root}/scans`} size="small">
              {mayScan ? "Run a scan" : "See scans"}
            </LinkButton>
          }
        >
          The last scan ended <Time at={lastScan.finishedAt} />. What changed since then is not in these
          figures.
        </Notice>
      ) : null}
      {accounts.unreadable > 0 ? (
        <Notice
          tone="wait"
          title={`${digits(accounts.total - accounts.unreadable)} of ${digits(accounts.total)} accounts can be read`}
          action={
            <LinkButton href={`${root}/accounts`} size="small">
              See accounts
            </LinkButton>
          }
        >
          An account that cannot be read counts as unknown, never as covered.
        </Notice>
      ) : null}
    </>
  );
}
