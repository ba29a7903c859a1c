import type { Metadata } from "next";
import { FindingTable } from "@/components/findings/finding-table";
import { ObservationTabs } from "@/components/findings/observation-tabs";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterForm } from "@/components/ui/filter-form";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { accountOverview } from "@/lib/accounts/account-overview";
import { severityLabels } from "@/lib/checks/labels";
import { checks } from "@/lib/checks/registry";
import { severities } from "@/lib/checks/words";
import { noVerdictYet, observationLabels } from "@/lib/findings/lifecycle/states";
import { type FindingFilter, listFindings } from "@/lib/findings/list-findings";
import { pageTenant } from "@/lib/http/page";
import { may } from "@/lib/tenancy/authorize";
import { count } from "@/lib/text";
import { orUnavailable } from "../../../or-unavailable";
import { orNotFound } from "../or-not-found";
import { hrefWith, readFilters, type SearchParams, type Shown } from "./filters";
import { resultCount } from "./result-count";

export const metadata: Metadata = { title: "Findings" };

const pageSize = 50;

/** What the list is asked for by a tab. */
function kindOf(shown: Shown | undefined): Pick<FindingFilter, "observation" | "inferred"> {
  if (shown === "inferred") return { observation: "passing", inferred: true };
  return shown === "passing" ? { observation: "passing", inferred: false } : { observation: shown };
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
  const { filters, ignored } = readFilters(await searchParams);
  const [list, accounts] = await Promise.all([
    orNotFound(
      listFindings(ctx, {
        q: filters.q,
        ...kindOf(filters.obs),
        severity: filters.sev,
        accountId: filters.account,
        cursor: filters.cursor,
        limit: pageSize,
      }),
    ),
    accountOverview(ctx, filters.account),
  ]);
  const root = `/o/${ctx.slug}`;
  const path = `${root}/findings`;
  const { observation, inferred } = list.counts;
  const all = observation.failing + observation.passing + observation.unknown;
  const { unreachable } = accounts.counts;
  const active = [filters.q, filters.obs, filters.sev, filters.account].filter(Boolean).length;
  const isNarrowed = [filters.q, filters.sev, filters.account].some(Boolean);
  const tab = (value: typeof filters.obs, count: number) => ({
    label: value === undefined ? "All" : value === "inferred" ? "Inferred pass" : observationLabels[value],
    count,
    href: hrefWith(path, { ...filters, obs: value, cursor: undefined }),
    current: filters.obs === value,
  });

  return (
    <>
      <PageHeader title="Findings">
        {accounts.total === 0
          ? null
          : resultCount({
              results: isNarrowed ? null : all,
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
        <EmptyState
          title="Nothing has been read yet"
          action={
            may(ctx, "account.connect") ? (
              <LinkButton href={`${root}/connect`} variant="primary">
                Connect an AWS account
              </LinkButton>
            ) : null
          }
        >
          {may(ctx, "account.connect")
            ? "Findings appear after the first scan of a connected account. Connecting takes about three minutes."
            : "Findings appear after the first scan of a connected account. An admin or lead of this organization connects accounts."}
        </EmptyState>
      ) : (
        <>
          <ObservationTabs
            items={[
              tab(undefined, all),
              tab("failing", observation.failing),
              tab("passing", observation.passing - inferred),
              // Most organizations have none, and the word needs a place only where there is one.
              ...(inferred > 0 || filters.obs === "inferred" ? [tab("inferred", inferred)] : []),
              tab("unknown", observation.unknown),
            ]}
          />
          <FilterForm
            path={path}
            keep={filters.obs ? { obs: filters.obs } : {}}
            search={{ label: "Account, finding or check", value: filters.q ?? "" }}
            selects={[
              {
                name: "sev",
                label: "Severity",
                value: filters.sev ?? "",
                anyLabel: "Any severity",
                choices: severities.values.map((value) => ({
                  value,
                  label: `${severityLabels[value]} (${list.counts.severity[value]})`,
                })),
              },
              // Of more accounts than one can choose from, the search finds the one.
              ...(accounts.choices.length === 0
                ? []
                : [
                    {
                      name: "account",
                      label: "Account",
                      value: filters.account ?? "",
                      anyLabel: "All accounts",
                      choices: accounts.choices.map(({ id, name }) => ({ value: id, label: name })),
                    },
                  ]),
            ]}
            clearHref={path}
            activeCount={active}
          />
          {list.rows.length > 0 ? (
            <>
              <FindingTable rows={list.rows} root={root} />
              <p className="mt-2 text-small text-ink-3">
                {list.rows.length === list.total
                  ? `${list.total} shown.`
                  : `${list.rows.length} of ${list.total} shown.`}
              </p>
              <Pagination
                label="Pages of findings"
                firstHref={filters.cursor ? hrefWith(path, { ...filters, cursor: undefined }) : null}
                nextHref={list.nextCursor ? hrefWith(path, { ...filters, cursor: list.nextCursor }) : null}
              />
            </>
          ) : active > 0 ? (
            <EmptyState
              title="No finding matches"
              action={<LinkButton href={path}>Clear {count(active, "filter")}</LinkButton>}
            >
              No finding matches all of the filters above.
            </EmptyState>
          ) : (
            <EmptyState
              title={noVerdictYet}
              action={<LinkButton href={`${root}/scans`}>See scans</LinkButton>}
            >
              The first scan has not finished yet. Verdicts will appear here automatically.
            </EmptyState>
          )}
        </>
      )}
    </>
  );
}
