import type { Metadata } from "next";
import { ScanTable } from "@/components/scans/scan-table";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterForm } from "@/components/ui/filter-form";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { accountOverview } from "@/lib/accounts/account-overview";
import { pageTenant } from "@/lib/http/page";
import { listScans } from "@/lib/scans/list-scans";
import { may } from "@/lib/tenancy/authorize";
import { orUnavailable } from "../../../or-unavailable";
import { orNotFound } from "../or-not-found";

export const metadata: Metadata = { title: "Scans" };

type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

function one(value: string | string[] | undefined): string | undefined {
  return (Array.isArray(value) ? value[0] : value) || undefined;
}

export default orUnavailable(ScansPage);

async function ScansPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ readonly org: string }>;
  readonly searchParams: Promise<SearchParams>;
}) {
  const { org } = await params;
  const ctx = await pageTenant(org, "organization.view");
  const query = await searchParams;
  const { choices } = await accountOverview(ctx, one(query.account));
  const account = choices.find(({ id }) => id === one(query.account));
  const cursor = one(query.cursor);
  const list = await orNotFound(listScans(ctx, { cursor, accountId: account?.id }));
  const root = `/o/${ctx.slug}`;
  const path = `${root}/scans`;
  const page = (next: string | null) => {
    const parts = new URLSearchParams({
      ...(account ? { account: account.id } : {}),
      ...(next ? { cursor: next } : {}),
    });
    return parts.size > 0 ? `${path}?${parts}` : path;
  };
  return (
    <>
      <PageHeader title="Scans">
        Each scan reads one account. Every AWS call and its result is kept.
      </PageHeader>
      {choices.length > 1 || account ? (
        <FilterForm
          path={path}
          selects={[
            {
              name: "account",
              label: "Account",
              value: account?.id ?? "",
              anyLabel: "All accounts",
              choices: choices.map(({ id, name }) => ({ value: id, label: name })),
            },
          ]}
          clearHref={path}
          activeCount={account ? 1 : 0}
        />
      ) : null}
      {list.rows.length > 0 ? (
        <>
          <ScanTable scans={list.rows} root={root} />
          <Pagination
            label="Pages of scans"
            firstHref={cursor ? page(null) : null}
            nextHref={list.nextCursor ? page(list.nextCursor) : null}
          />
        </>
      ) : account ? (
        <EmptyState
          title={`${account.name} has not been scanned`}
          action={<LinkButton href={path}>Clear 1 filter</LinkButton>}
        >
          Open the account to scan it now.
        </EmptyState>
      ) : (
        <EmptyState
          title="No scans yet"
          action={
            may(ctx, "account.connect") ? (
              <LinkButton href={`${root}/connect`} variant="primary">
                Connect an AWS account
              </LinkButton>
            ) : null
          }
        >
          The first scan starts automatically once an account is connected.
          {may(ctx, "account.connect") ? "" : " An admin or lead of this organization connects accounts."}
        </EmptyState>
      )}
    </>
  );
}
