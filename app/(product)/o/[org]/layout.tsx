import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { AppShell } from "@/components/shell/app-shell";
import { themeFromCookie } from "@/components/shell/theme";
import { PageClock } from "@/components/ui/time";
import { env } from "@/lib/env";
import { countFailing, mostCounted } from "@/lib/findings/count-failing";
import { pageSession, pageTenant } from "@/lib/http/page";
import { signOut } from "../../(auth)/actions";
import { orUnavailable } from "../../or-unavailable";

export default orUnavailable(OrganizationLayout, "whole");

async function OrganizationLayout({
  params,
  children,
}: {
  readonly params: Promise<{ readonly org: string }>;
  readonly children: ReactNode;
}) {
  const { org } = await params;
  const ctx = await pageTenant(org, "organization.view");
  const { name, email, memberships } = await pageSession();
  const [{ aheadSeconds, ...failing }, jar] = await Promise.all([countFailing(ctx), cookies()]);
  return (
    <AppShell
      organization={{ slug: ctx.slug, name: ctx.organizationName }}
      organizations={memberships.map(({ organization }) => ({
        slug: organization.slug,
        name: organization.name,
      }))}
      person={{ name, email }}
      theme={themeFromCookie(jar.get("theme")?.value)}
      demo={env.POSTURIO_DEMO}
      aheadSeconds={aheadSeconds}
      isLead={ctx.role === "admin" || ctx.role === "lead"}
      toFix={failing.mine === 0 ? null : numberOf(failing.mine)}
      failing={
        failing.total === 0
          ? null
          : {
              count: numberOf(failing.total),
              unread: failing.unread,
            }
      }
      signOut={signOut}
    >
      <PageClock at={Date.now() + aheadSeconds * 1000}>{children}</PageClock>
    </AppShell>
  );
}

function numberOf(count: number): string {
  return count > mostCounted ? `${mostCounted}+` : String(count);
}
