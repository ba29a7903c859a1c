import { redirect } from "next/navigation";
import { listAccounts } from "@/lib/accounts/list-accounts";
import { pageTenant } from "@/lib/http/page";

/** The start page: findings, or Connect while there is no account to have any. */
export default async function OrganizationPage({
  params,
}: {
  readonly params: Promise<{ readonly org: string }>;
}) {
  const { org } = await params;
  const ctx = await pageTenant(org, "organization.view");
  const accounts = await listAccounts(ctx);
  redirect(`/o/${ctx.slug}/${accounts.length === 0 ? "connect" : "findings"}`);
}
