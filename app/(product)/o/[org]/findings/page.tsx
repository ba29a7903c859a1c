import type { Metadata } from "next";
import { FindingTable } from "@/components/findings/finding-table";
import { FilterBar } from "@/components/findings/list/filter-bar";
import { Peek } from "@/components/findings/list/peek";
import type { BulkKind } from "@/components/findings/selection/bulk-fields";
import { SelectionBar } from "@/components/findings/selection/selection-bar";
import { KeyHints } from "@/components/keys/key-hints";
import { LinkButton } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { accountOverview } from "@/lib/accounts/account-overview";
import { checks } from "@/lib/checks/registry";
import { exportLimit } from "@/lib/findings/bulk-states";
import { withDefaultView } from "@/lib/findings/list/default-view";
import {
  findingQueryText,
  findingsHref,
  readFindingUrl,
  type SearchParams,
} from "@/lib/findings/list/finding-url";
import { isCursorOf } from "@/lib/findings/list/orders";
import { listFindings } from "@/lib/findings/list-findings";
import { pageTenant } from "@/lib/http/page";
import { listPossibleOwners } from "@/lib/members/possible-owners";
import { may, mayAsOwner } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { listViews } from "@/lib/views/saved-views";
import { orUnavailable } from "../../../or-unavailable";
import { orNotFound } from "../or-not-found";
import { changeBulk, matchingFindings, peopleToAssign, previewBulk } from "./bulk-actions";
import { NothingHere, NothingYet } from "./empty-list";
import {
  activeFilters,
  arrangeSelects,
  filterChips,
  filterSelects,
  keptParameters,
  unfiltered,
} from "./filter-choices";
import { ListViews } from "./list-views";
import { readPeek } from "./peek";
import { resultCount } from "./result-count";

export const metadata: Metadata = { title: "Findings" };

const pageSize = 50;

/** What the reader can do with many findings; auditors look, and export. */
function bulkKinds(ctx: TenantContext): readonly BulkKind[] {
  const self = ctx.principal.type === "user" ? ctx.principal.userId : null;
  const triage: readonly BulkKind[] = mayAsOwner(ctx, "finding.triage", self) ? ["assign", "due"] : [];
  return [
    ...triage,
    ...(mayAsOwner(ctx, "finding.claim", self) ? (["claim"] as const) : []),
    ...(may(ctx, "finding.scan") ? (["scan"] as const) : []),
    ...(may(ctx, "finding.watch") ? (["watch"] as const) : []),
  ];
}

export default orUnavailable(FindingsPage);

async function FindingsPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ readonly org: string }>;
  readonly searchParams: Promise<SearchParams>;
}) {
  const { org } = await params;
  const ctx = await pageTenant(org, "organization.view");
  const parameters = await searchParams;
  const url = readFindingUrl(parameters);
  const view = one(parameters["view"]);
  const { query } = url;
  const isHere = url.cursor === undefined || isCursorOf(query, url.cursor);
  const cursor = isHere ? url.cursor : undefined;
  const ignored = isHere ? url.ignored : [...url.ignored, "cursor, which is of another list"];
  const filter = withDefaultView(query);
  const [list, accounts, owners, views] = await Promise.all([
    orNotFound(listFindings(ctx, { ...filter, cursor, limit: pageSize })),
    accountOverview(ctx, query.accountId?.[0]),
    may(ctx, "member.view") ? listPossibleOwners(ctx) : [],
    listViews(ctx),
  ]);
  const root = `/o/${ctx.slug}`;
  const path = `${root}/findings`;
  const { observation } = list.counts;
  const all = observation.failing + observation.passing + observation.unknown;
  const { unreachable } = accounts.counts;
  const active = activeFilters(query);
  const selects = filterSelects(query, { counts: list.counts, accounts: accounts.choices, owners });
  const clearHref = findingsHref(path, unfiltered(query));

  return (
    <>
      <PageHeader
        title="Findings"
        actions={
          list.total > 0 && list.total <= exportLimit ? (
            <LinkButton href={findingsHref(`${path}.csv`, query)} download="" className="max-md:hidden">
              Export CSV
            </LinkButton>
          ) : null
        }
      >
        {accounts.total === 0
          ? null
          : resultCount({
              results: active.length > 0 ? null : all,
              accounts: accounts.total,
              checks: checks.length,
            })}
      </PageHeader>
      {ignored.length > 0 ? (
        <Notice tone="note" title={`Ignored unknown filters: ${ignored.join(", ")}`} />
      ) : null}
      {unreachable > 0 ? (
        <Notice
          tone="wait"
          title={
            unreachable === 1
              ? `${accounts.unreachable[0]} cannot be read at the moment`
              : `${unreachable} accounts cannot be read at the moment`
          }
          action={
            <LinkButton href={`${root}/accounts`} size="small">
              See accounts
            </LinkButton>
          }
        >
          Their last verdicts are shown below with their age. An account that could not be read never counts
          as passing.
        </Notice>
      ) : null}
      {accounts.total === 0 ? (
        <NothingYet root={root} mayConnect={may(ctx, "account.connect")} />
      ) : (
        <>
          <ListViews
            ctx={ctx}
            path={path}
            query={query}
            counts={list.counts}
            views={views.rows}
            shown={view}
          />
          <FilterBar
            path={path}
            keep={[...keptParameters(query, selects), ...(view ? ([["view", view]] as const) : [])]}
            search={query.q ?? ""}
            filters={selects}
            arrange={arrangeSelects(query)}
            chips={filterChips(query, path, selects)}
            clearHref={clearHref}
            activeCount={active.length}
            total={list.total}
          />
          {list.rows.length > 0 ? (
            <FindingTable
              rows={list.rows}
              root={root}
              now={list.now ?? ""}
              group={query.group}
              groupCounts={list.groups}
              selectIn={findingsHref(path, { ...query, group: undefined, sort: undefined })}
            />
          ) : (
            <NothingHere
              root={root}
              all={all}
              activeCount={active.length}
              clearHref={clearHref}
              isDefaultView={filter.needsWork === true}
            />
          )}
          <Peek organization={ctx.slug} read={readPeek} />
          <SelectionBar
            kinds={bulkKinds(ctx)}
            server={{
              preview: previewBulk.bind(null, ctx.slug, null),
              change: changeBulk.bind(null, ctx.slug, null),
              matching: matchingFindings.bind(null, ctx.slug, null),
              people: peopleToAssign.bind(null, ctx.slug, null),
            }}
            path={path}
            query={findingQueryText(query)}
            total={list.total}
          />
          <p className="mt-2 text-small text-ink-3">
            {list.rows.length === list.total
              ? `${list.total} shown.`
              : `${list.rows.length} of ${list.total} shown.`}
          </p>
          <Pagination
            label="Pages of findings"
            firstHref={cursor ? findingsHref(path, query) : null}
            nextHref={list.nextCursor ? findingsHref(path, query, { cursor: list.nextCursor }) : null}
          />
          <KeyHints of={["next", "previous", "select", "peek", "open", "assign", "due", "shortcuts"]} />
        </>
      )}
    </>
  );
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
