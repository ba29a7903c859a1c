import type { Metadata } from "next";
import { CoverageStrip } from "@/components/dashboard/coverage-strip";
import { DecisionList } from "@/components/dashboard/decision-list";
import { Headline } from "@/components/dashboard/headline";
import { NothingYet } from "@/components/dashboard/nothing-yet";
import { DashboardNotices } from "@/components/dashboard/notices";
import { Numbers } from "@/components/dashboard/numbers";
import { Trends } from "@/components/dashboard/trends";
import { PageHeader } from "@/components/ui/page-header";
import { PartFailed } from "@/components/ui/part-failed";
import { Time } from "@/components/ui/time";
import { definitions } from "@/lib/dashboard/definitions";
import { dashboardParts } from "@/lib/dashboard/read-dashboard";
import { pageTenant } from "@/lib/http/page";
import { pagePart } from "@/lib/http/page-part";
import { may } from "@/lib/tenancy/authorize";
import { orUnavailable } from "../../../or-unavailable";

export const metadata: Metadata = { title: "Dashboard" };

export default orUnavailable(DashboardPage);

/** Three parts, each read for itself: one that cannot be read takes none of the others along. */
async function DashboardPage({ params }: { readonly params: Promise<{ readonly org: string }> }) {
  const { org } = await params;
  const ctx = await pageTenant(org, "organization.view");
  const root = `/o/${ctx.slug}`;
  const parts = dashboardParts(ctx);
  const [now, overTime, strip] = await Promise.all([
    pagePart("dashboard now", parts.now),
    pagePart("dashboard over time", parts.overTime),
    pagePart("dashboard coverage", parts.coverage),
  ]);
  const here = `${root}/dashboard`;
  if ("value" in now && (now.value.accounts.total === 0 || now.value.firstScan !== null)) {
    return <NothingYet now={now.value} root={root} mayConnect={may(ctx, "account.connect")} />;
  }
  const weeks = "value" in overTime ? overTime.value : null;
  return (
    <>
      {"value" in now ? (
        <>
          <Headline now={now.value} lastGap={weeks?.lastGap ?? null} root={root} />
          <DashboardNotices now={now.value} root={root} mayScan={may(ctx, "scan.request")} />
          <Numbers now={now.value} overTime={weeks} root={root} />
        </>
      ) : (
        <>
          <PageHeader title="Dashboard" />
          <PartFailed what="The figures of now" href={here} id={now.failure} />
        </>
      )}
      <div className="dashboard-columns">
        {"value" in now ? <DecisionList now={now.value} root={root} /> : <div />}
        {"value" in strip ? (
          <CoverageStrip
            strip={strip.value}
            root={root}
            total={"value" in now ? now.value.accounts.total : null}
          />
        ) : (
          <PartFailed what="Coverage by account" href={here} id={strip.failure} />
        )}
      </div>
      {"value" in overTime ? (
        <Trends overTime={overTime.value} definitions={Object.values(definitions)} />
      ) : (
        <PartFailed what="Trends" href={here} id={overTime.failure} />
      )}
      {"value" in now ? (
        <p className="mt-6 text-small text-ink-3">
          As of <Time at={now.value.asOf} style="absolute" />. Figures over time are of whole days, UTC.
        </p>
      ) : null}
    </>
  );
}
