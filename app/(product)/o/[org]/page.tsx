import { redirect } from "next/navigation";
import { accountOverview } from "@/lib/accounts/account-overview";
import { pageTenant } from "@/lib/http/page";
import { orUnavailable } from "../../or-unavailable";

/** The start page: what is theirs for members, the dashboard for who answers for all of it, the findings for auditors. */
export default orUnavailable(OrganizationPage);

async function OrganizationPage({ params }: { readonly params: Promise<{ readonly org: string }> }) {
  const { org } = await params;
  const ctx = await pageTenant(org, "organization.view");
  const { total } = await accountOverview(ctx);
  const start = { admin: "dashboard", lead: "dashboard", member: "my-work", auditor: "findings" }[
    ctx.role ?? "auditor"
  ];
  return redirect(`/o/${ctx.slug}/${total === 0 ? "connect" : start}`);
}
