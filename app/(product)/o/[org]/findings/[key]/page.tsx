import type { Metadata } from "next";
import { redirect, unstable_rethrow } from "next/navigation";
import { cache } from "react";
import { FindingDetail } from "@/components/findings/finding-detail";
import { findingIcon, findingTitle } from "@/components/findings/finding-title";
import { Neighbors } from "@/components/findings/neighbors";
import { OwnerFacts } from "@/components/findings/triage/owner-facts";
import { TriageActions } from "@/components/findings/triage/triage-actions";
import { PartsOf } from "@/components/ui/folded";
import { findCheck } from "@/lib/checks/registry";
import type { FindingView } from "@/lib/findings/finding-view";
import { getFinding } from "@/lib/findings/get-finding";
import { findingNeighbors } from "@/lib/findings/neighbors";
import { type TimelineFilter, timelineFilters } from "@/lib/findings/timeline-states";
import { pageTenant } from "@/lib/http/page";
import { whoMay } from "@/lib/members/who-may";
import { mayScanFinding } from "@/lib/scans/scan-finding";
import { may } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { orUnavailable } from "../../../../or-unavailable";
import { orNotFound } from "../../or-not-found";
import { lookAgain, scanNow, stopLooking } from "./actions";
import { activityOf } from "./activity-of";
import { guardrailsOf } from "./guardrails-of";
import { proofOf } from "./proof-of";
import { readPart } from "./read-part";
import { move, unwatch, watch } from "./triage";

type Params = Promise<{ readonly org: string; readonly key: string }>;
type Search = Readonly<Record<string, string | string[] | undefined>>;

/** Read once for the page and what the browser says of it. */
const readFinding = cache(async (org: string, key: string, filter: TimelineFilter) => {
  const ctx = await pageTenant(org, "organization.view");
  return { ctx, finding: await getFinding(ctx, key, filter) };
});

/** What of the activity the address asks for; all of it for what nobody knows. */
function filterIn(search: Search): TimelineFilter {
  const asked = search["activity"];
  return typeof asked === "string" && timelineFilters.is(asked) ? asked : "all";
}

export async function generateMetadata({
  params,
  searchParams,
}: {
  readonly params: Params;
  readonly searchParams: Promise<Search>;
}): Promise<Metadata> {
  const { org, key } = await params;
  try {
    const { finding } = await readFinding(org, key, filterIn(await searchParams));
    return { title: findingTitle(finding), icons: { icon: findingIcon(finding) } };
  } catch (thrown) {
    unstable_rethrow(thrown);
    // The page itself says what is wrong.
    return { title: "Finding" };
  }
}

export default orUnavailable(FindingPage);

async function FindingPage({
  params,
  searchParams,
}: {
  readonly params: Params;
  readonly searchParams: Promise<Search>;
}) {
  const { org, key } = await params;
  const search = await searchParams;
  const { ctx, finding } = await orNotFound(readFinding(org, key, filterIn(search)));
  const root = `/o/${ctx.slug}`;
  // One address per finding: its key as soon as it has one.
  if (finding.key !== null && finding.key !== key) redirect(`${root}/findings/${finding.key}`);
  const check = findCheck(finding.checkId);
  const { all, from } = search;
  const list = typeof from === "string" ? from : null;
  const neighbors = list === null ? null : await findingNeighbors(ctx, key, list);
  const mayScan = mayScanFinding(ctx, finding.observation);
  return (
    <PartsOf read={readPart} organization={ctx.slug} of={key}>
      <FindingDetail
        finding={finding}
        root={root}
        check={check}
        guardrails={guardrailsOf(finding)}
        scanNow={mayScan ? scanNow.bind(null, ctx.slug) : null}
        scanners={mayScan ? [] : await whoMay(ctx, "scan.request")}
        look={
          may(ctx, "scan.request")
            ? { again: lookAgain.bind(null, ctx.slug), stop: stopLooking.bind(null, ctx.slug) }
            : null
        }
        triage={
          <TriageActions finding={finding} move={move.bind(null, ctx.slug)} watch={watchOf(ctx, finding)} />
        }
        proof={await proofOf(ctx, finding, all !== undefined)}
        ownerFacts={<OwnerFacts finding={finding} />}
        isWhole={all !== undefined}
        list={
          list === null
            ? null
            : { query: list, place: neighbors && <Neighbors of={neighbors} root={root} list={list} /> }
        }
        activity={activityOf(ctx, finding, filterIn(search), search)}
      />
    </PartsOf>
  );
}

function watchOf(ctx: TenantContext, { triage }: FindingView) {
  const { principal } = ctx;
  if (!may(ctx, "finding.watch") || principal.type !== "user") return null;
  const isWatching = triage.watchers.some(({ id }) => id === principal.userId);
  return { isWatching, change: (isWatching ? unwatch : watch).bind(null, ctx.slug) };
}
