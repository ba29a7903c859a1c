import type { ReactNode } from "react";
import { PageHeader } from "@/components/ui/page-header";
import { pageTenant } from "@/lib/http/page";
import { may } from "@/lib/tenancy/authorize";
import { orUnavailable } from "../../../or-unavailable";
import { SettingsNav } from "./settings-nav";

export default orUnavailable(SettingsLayout);

async function SettingsLayout({
  params,
  children,
}: {
  readonly params: Promise<{ org: string }>;
  readonly children: ReactNode;
}) {
  const { org } = await params;
  const ctx = await pageTenant(org, "organization.view");
  return (
    <>
      <PageHeader title="Settings">Settings for {ctx.organizationName}.</PageHeader>
      <SettingsNav organization={ctx.slug} withTokens={may(ctx, "token.manage")} />
      {children}
    </>
  );
}
