import type { Metadata } from "next";
import { ChooseForm } from "@/components/accounts/choose-form";
import { ConnectSteps } from "@/components/accounts/connect-steps";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { newConnection } from "@/lib/accounts/account-input";
import { pageTenant } from "@/lib/http/page";
import { formHints } from "@/lib/input/form-hints";
import { may } from "@/lib/tenancy/authorize";
import { orUnavailable } from "../../../or-unavailable";
import { beginConnection } from "./actions";

export const metadata: Metadata = { title: "Connect an AWS account" };

export default orUnavailable(ConnectPage);

async function ConnectPage({ params }: { readonly params: Promise<{ readonly org: string }> }) {
  const { org } = await params;
  const ctx = await pageTenant(org, "organization.view");
  if (!may(ctx, "account.connect")) {
    return (
      <EmptyState title="Admins and leads connect AWS accounts">
        Your role in {ctx.organizationName} is {ctx.role ?? "unknown"}. You see everything that is connected,
        read and found; an admin can change your role.
      </EmptyState>
    );
  }
  return (
    <>
      <PageHeader title="Connect an AWS account">
        You create one read-only role; Posturio reads every Region of the account with it. It changes nothing
        in AWS.
      </PageHeader>
      <ConnectSteps current={1} />
      <div className="max-w-[820px]">
        <Card id="choose" title="Which account">
          <ChooseForm action={beginConnection.bind(null, ctx.slug)} hints={formHints(newConnection)} />
        </Card>
      </div>
    </>
  );
}
