import { redirect } from "next/navigation";
import { accountOverview } from "@/lib/accounts/account-overview";
import { pageTenant } from "@/lib/http/page";
import { orUnavailable } from "../../or-unavailable";

/** The start page: the dashboard for who answers for all of it, findings for others, Connect while there is no account. */
export default orUnavailable(OrganizationPage);

async function OrganizationPage({ params }: { readonly params: Promise<{ readonly org: string }> }) {
  const { org } = await params;
  const ctx = await pageTenant(org, "organization.view");
  const { total } = await accountOverview(ctx);
  const isLead = ctx.role === "admin" || ctx.role === "lead";
  return redirect(`/o/${ctx.slug}/${total === 0 ? "connect" : isLead ? "dashboard" : "findings"}`);
}
