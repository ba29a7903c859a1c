import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { ConnectDetail } from "@/components/accounts/connect-detail";
import { connectionTestInput } from "@/lib/accounts/account-input";
import { getConnect } from "@/lib/accounts/get-connect";
import { pageTenant } from "@/lib/http/page";
import { formHints } from "@/lib/input/form-hints";
import { orUnavailable } from "../../../../or-unavailable";
import { orNotFound } from "../../or-not-found";
import { discardConnection, startTest, stopTest } from "../actions";

const wishes = z.object({
  roleName: z.string().optional().catch(undefined),
  rolePath: z.string().optional().catch(undefined),
  permissionsBoundaryArn: z.string().optional().catch(undefined),
  tags: z.string().optional().catch(undefined),
  logBucket: z.string().optional().catch(undefined),
});

export const metadata: Metadata = { title: "Connect an AWS account" };

export default orUnavailable(ConnectAccountPage);

async function ConnectAccountPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ readonly org: string; readonly id: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}) {
  const { org, id } = await params;
  const ctx = await pageTenant(org, "account.connect");
  const view = await orNotFound(getConnect(ctx, id, wishes.parse(await searchParams)));
  const root = `/o/${ctx.slug}`;
  // This connection has ended; another one of the account starts from the beginning.
  if (view.account.status === "disconnected") redirect(`${root}/accounts/${view.account.id}`);
  return (
    <ConnectDetail
      view={view}
      root={root}
      startTest={startTest.bind(null, ctx.slug)}
      discard={discardConnection.bind(null, ctx.slug)}
      stopTest={stopTest.bind(null, ctx.slug)}
      hints={formHints(connectionTestInput)}
    />
  );
}
