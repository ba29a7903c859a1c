import { redirect } from "next/navigation";
import { accountOverview } from "@/lib/accounts/account-overview";
import { pageTenant } from "@/lib/http/page";
import { orUnavailable } from "../../or-unavailable";

/** The start page: a member's own work, the findings for everybody else, or Connect while there is no account. */
export default orUnavailable(OrganizationPage);

async function OrganizationPage({ params }: { readonly params: Promise<{ readonly org: string }> }) {
  const { org } = await params;
  const ctx = await pageTenant(org, "organization.view");
  const { total } = await accountOverview(ctx);
  // Members come for what is theirs, leads and admins for the whole.
  const start = ctx.role === "member" ? "my-work" : "findings";
  return redirect(`/o/${ctx.slug}/${total === 0 ? "connect" : start}`);
}
