import { redirect } from "next/navigation";
import { firstResult } from "@/lib/accounts/first-result";
import { pageTenant } from "@/lib/http/page";
import { orUnavailable } from "../../../../../or-unavailable";
import { orNotFound } from "../../../or-not-found";

export default orUnavailable(FirstResultPage);

/** The way from a connection that was just proven to what its first scan found; that scan comes back here when it ends. */
async function FirstResultPage({
  params,
}: {
  readonly params: Promise<{ readonly org: string; readonly id: string }>;
}): Promise<never> {
  const { org, id } = await params;
  const ctx = await pageTenant(org, "organization.view");
  const result = await orNotFound(firstResult(ctx, id));
  const root = `/o/${ctx.slug}`;
  if (result.kind === "finding") redirect(`${root}/findings/${result.key}`);
  if (result.kind === "account") redirect(`${root}/accounts/${id}`);
  return redirect(`${root}/scans/${result.number}${result.isUnderWay ? "?then=finding" : ""}`);
}
