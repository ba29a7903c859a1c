import type { Metadata } from "next";
import { AccountTable } from "@/components/accounts/account-table";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { listAccounts } from "@/lib/accounts/list-accounts";
import { pageTenant } from "@/lib/http/page";
import { may } from "@/lib/tenancy/authorize";

export const metadata: Metadata = { title: "Accounts" };

export default async function AccountsPage({
  params,
}: {
  readonly params: Promise<{ readonly org: string }>;
}) {
  const { org } = await params;
  const ctx = await pageTenant(org, "organization.view");
  const accounts = await listAccounts(ctx);
  const root = `/o/${ctx.slug}`;
  const mayConnect = may(ctx, "account.connect");
  const unreachable = accounts.filter((account) => account.status === "unreachable");
  const connected = accounts.filter(
    (account) => account.status === "connected" || account.status === "unreachable",
  );
  const connect = mayConnect ? (
    <LinkButton href={`${root}/connect`} variant="primary">
      Connect account
    </LinkButton>
  ) : null;
  return (
    <>
      <PageHeader title="Accounts" actions={accounts.length > 0 ? connect : null}>
        {accounts.length > 0
          ? `${connected.length} connected. Is every account here, and can each be read?`
          : null}
      </PageHeader>
      {unreachable.length > 0 ? (
        <Notice
          tone="wait"
          title={`${connected.length - unreachable.length} of ${connected.length} connected accounts can be read`}
        >
          {unreachable.map((account) => account.name).join(", ")} could not be read. Their last verdicts
          stand, with their age; open an account to see what is missing.
        </Notice>
      ) : null}
      {accounts.length === 0 ? (
        <EmptyState title="No AWS account is connected" action={connect}>
          {mayConnect
            ? "Create a read-only role in your account, and Posturio reads every Region of it. It takes about three minutes and changes nothing in AWS."
            : "An admin or lead of this organization connects accounts. Ask one of them."}
        </EmptyState>
      ) : (
        <AccountTable accounts={accounts} root={root} />
      )}
    </>
  );
}
