import type { Metadata } from "next";
import { AccountTable } from "@/components/accounts/account-table";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { accountOverview } from "@/lib/accounts/account-overview";
import { listAccounts } from "@/lib/accounts/list-accounts";
import { pageTenant } from "@/lib/http/page";
import { may } from "@/lib/tenancy/authorize";
import { orUnavailable } from "../../../or-unavailable";
import { orNotFound } from "../or-not-found";

export const metadata: Metadata = { title: "Accounts" };

export default orUnavailable(AccountsPage);

async function AccountsPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ readonly org: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}) {
  const { org } = await params;
  const ctx = await pageTenant(org, "organization.view");
  const { cursor: asked } = await searchParams;
  const cursor = (Array.isArray(asked) ? asked[0] : asked) || undefined;
  const [list, { total, counts, unreachable }] = await Promise.all([
    orNotFound(listAccounts(ctx, { cursor })),
    accountOverview(ctx),
  ]);
  const root = `/o/${ctx.slug}`;
  const mayConnect = may(ctx, "account.connect");
  const connected = counts.connected + counts.unreachable;
  const more = counts.unreachable - unreachable.length;
  const connect = mayConnect ? (
    <LinkButton href={`${root}/connect`} variant="primary">
      Connect account
    </LinkButton>
  ) : null;
  return (
    <>
      <PageHeader title="Accounts" actions={total > 0 ? connect : null}>
        {total > 0
          ? `${connected} connected, ${counts.unreachable === 0 ? "all" : counts.connected} readable.`
          : null}
      </PageHeader>
      {counts.unreachable > 0 ? (
        <Notice tone="wait" title={`${counts.connected} of ${connected} connected accounts can be read`}>
          {unreachable.join(", ")}
          {more > 0 ? ` and ${more} more` : ""} could not be read. Their last verdicts are shown with their
          age. Open an account to see what is missing.
        </Notice>
      ) : null}
      {total === 0 ? (
        <EmptyState title="No AWS account is connected" action={connect}>
          {mayConnect
            ? "Create a read-only role in your account, and Posturio reads every Region of it. It takes about three minutes and changes nothing in AWS."
            : "An admin or lead of this organization connects accounts. Ask one of them."}
        </EmptyState>
      ) : (
        <>
          <AccountTable accounts={list.rows} root={root} />
          <Pagination
            label="Pages of accounts"
            firstHref={cursor ? `${root}/accounts` : null}
            nextHref={list.nextCursor ? `${root}/accounts?cursor=${list.nextCursor}` : null}
          />
        </>
      )}
    </>
  );
}
