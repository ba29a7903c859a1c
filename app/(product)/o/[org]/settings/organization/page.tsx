import type { Metadata } from "next";
import { Card } from "@/components/ui/card";
import { ActionButton } from "@/components/ui/form/action-button";
import { pageTenant } from "@/lib/http/page";
import { formHints } from "@/lib/input/form-hints";
import { organizationInput } from "@/lib/organizations/organization-input";
import { may } from "@/lib/tenancy/authorize";
import { orUnavailable } from "../../../../or-unavailable";
import { leave } from "./actions";
import { RenameForm } from "./rename-form";

export const metadata: Metadata = { title: "Organization settings" };

export default orUnavailable(OrganizationSettingsPage);

async function OrganizationSettingsPage({ params }: { readonly params: Promise<{ org: string }> }) {
  const { org } = await params;
  const ctx = await pageTenant(org, "organization.view");
  return (
    <>
      <Card id="name-card" title="Name" aside="Only admins change it">
        {may(ctx, "organization.edit") ? (
          <RenameForm
            hints={formHints(organizationInput)}
            organization={ctx.slug}
            name={ctx.organizationName}
          />
        ) : (
          <p>{ctx.organizationName}</p>
        )}
        <p className="mt-4 text-small text-ink-3">
          Web address: <code translate="no">/o/{ctx.slug}</code>. It stays when the name changes, so that
          links keep working.
        </p>
      </Card>
      <Card id="leave-card" title="Leave this organization">
        <p className="mb-3 max-w-[68ch] text-ink-2">
          You lose access at once. What you did stays in the history. An admin can invite you again. The last
          admin cannot leave.
        </p>
        <details>
          <summary className="w-fit cursor-pointer font-medium text-brand">
            Leave {ctx.organizationName} …
          </summary>
          <div className="mt-3">
            <ActionButton
              action={leave.bind(null, ctx.slug)}
              values={{}}
              variant="danger"
              pendingText="Leaving…"
            >
              Yes, leave {ctx.organizationName}
            </ActionButton>
          </div>
        </details>
      </Card>
    </>
  );
}
