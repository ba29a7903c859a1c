import { RefreshEvery } from "@/components/findings/refresh-every";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import type { DashboardNow } from "@/lib/dashboard/dashboard-view";

/** The dashboard before there is anything to show: the step to an account, or the first scan on its way. */
export function NothingYet({
  now,
  root,
  mayConnect,
}: {
  readonly now: DashboardNow;
  readonly root: string;
  readonly mayConnect: boolean;
}) {
  if (now.firstScan !== null) {
    return (
      <>
        <RefreshEvery seconds={5} />
        <PageHeader title="Dashboard" />
        <EmptyState
          title="The first scan is running"
          action={
            <LinkButton href={`${root}/scans/${now.firstScan}`} variant="primary">
              Watch scan #{now.firstScan}
            </LinkButton>
          }
        >
          It reads every Region of the account, which takes about a minute. The dashboard appears here when it
          has ended.
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHeader title="Dashboard" />
      <EmptyState
        title="No AWS account is connected"
        action={
          mayConnect ? (
            <LinkButton href={`${root}/connect`} variant="primary">
              Connect an AWS account
            </LinkButton>
          ) : null
        }
      >
        {mayConnect
          ? "Create a read-only role in your account, and Posturio reads every Region of it. It takes about three minutes and changes nothing in AWS."
          : "An admin or lead of this organization connects accounts. Ask one of them."}
      </EmptyState>
    </>
  );
}
