import type { Metadata } from "next";
import { Logo } from "@/components/logo";
import { Link } from "@/components/ui/link";
import { pageSession } from "@/lib/http/page";
import { formHints } from "@/lib/input/form-hints";
import { organizationInput } from "@/lib/organizations/organization-input";
import { listMyOrganizations } from "@/lib/organizations/organizations";
import { signOut } from "../(auth)/actions";
import { orUnavailable } from "../or-unavailable";
import { OrganizationForm } from "./organization-form";

export const metadata: Metadata = { title: "New organization" };

export default orUnavailable(WelcomePage, "whole");

async function WelcomePage() {
  const session = await pageSession();
  const organizations = await listMyOrganizations(session.userId);
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-[472px] flex-col px-4 py-10">
      <header className="mb-8 flex items-center justify-between gap-4">
        <Logo />
        <form action={signOut}>
          <button
            type="submit"
            className="-me-2 min-h-11 rounded-control px-2 text-small text-ink-2 hover:text-ink"
          >
            Sign out
          </button>
        </form>
      </header>
      <main>
        <h1 className="verdict text-title">
          {organizations.length === 0 ? `Welcome, ${session.name}` : "New organization"}
        </h1>
        <p className="mt-2 mb-6 text-ink-2">
          An organization holds AWS accounts, findings and members. You will be its admin. Next you connect an
          AWS account.
        </p>
        <OrganizationForm hints={formHints(organizationInput)} />
        {organizations.length === 0 ? null : (
          <section aria-labelledby="mine" className="mt-10">
            <h2 id="mine" className="mb-2 text-body font-semibold">
              Your organizations
            </h2>
            <ul className="rounded-card border border-line bg-surface">
              {organizations.map((organization) => (
                <li key={organization.slug} className="border-b border-line last:border-b-0">
                  <Link
                    href={`/o/${organization.slug}`}
                    className="flex min-h-11 items-center justify-between gap-4 px-4 py-2 text-ink no-underline hover:bg-sunken"
                  >
                    <span className="min-w-0 truncate font-medium">{organization.name}</span>
                    <span className="text-small text-ink-3">{organization.role}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        )}
        <p className="mt-6 text-small text-ink-3">
          Joining an existing organization? Open the invite link that an admin sent you.
        </p>
      </main>
    </div>
  );
}
