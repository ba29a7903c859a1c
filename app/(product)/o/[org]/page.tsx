import { redirect } from "next/navigation";
import { accountOverview } from "@/lib/accounts/account-overview";
import { pageTenant } from "@/lib/http/page";
import { orUnavailable } from "../../or-unavailable";

/** The start page: findings, or Connect while there is no account to have any. */
export default orUnavailable(OrganizationPage);

async function OrganizationPage({ params }: { readonly params: Promise<{ readonly org: string }> }) {
  const { org } = await params;
  const ctx = await pageTenant(org, "organization.view");
  const { total } = await accountOverview(ctx);
  return redirect(`/o/${ctx.slug}/${total === 0 ? "connect" : "findings"}`);
}
