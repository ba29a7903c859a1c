import type { Metadata } from "next";
import { cookies } from "next/headers";
import { ShortcutsChoice } from "@/components/keys/shortcuts-choice";
import { Logo } from "@/components/logo";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ActionButton } from "@/components/ui/form/action-button";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Tag } from "@/components/ui/tag";
import { PageClock, Time } from "@/components/ui/time";
import { passwordChange, passwordConfirmation } from "@/lib/auth/auth-input";
import { listSessions } from "@/lib/auth/sessions";
import { pageSession } from "@/lib/http/page";
import { formHints } from "@/lib/input/form-hints";
import { listMyOrganizations } from "@/lib/organizations/organizations";
import { signOut } from "../(auth)/actions";
import { orUnavailable } from "../or-unavailable";
import { DeleteForm, PasswordForm } from "./account-forms";
import { endEverySession, endSession } from "./actions";

export const metadata: Metadata = { title: "Your profile" };

/** The latest ones: a person who has more ends them all rather than one by one. */
const mostSessions = 30;

export default orUnavailable(AccountPage, "whole");

async function AccountPage() {
  const session = await pageSession();
  const [sessions, organizations] = await Promise.all([
    listSessions(session),
    listMyOrganizations(session.userId),
  ]);
  return (
    <div className="mx-auto w-full max-w-[860px] px-4 py-8">
      <header className="mb-8 flex flex-wrap items-center justify-between gap-4">
        <Link
          href="/welcome"
          aria-label="Posturio, your organizations"
          className="inline-flex min-h-11 items-center no-underline"
        >
          <Logo />
        </Link>
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
        <PageHeader title={session.name}>{session.email}</PageHeader>
        <Card id="organizations-card" title="Organizations" flush>
          {organizations.length === 0 ? (
            <p className="px-4 py-[14px] text-ink-2">
              You do not belong to an organization.{" "}
              <Link href="/welcome" className="text-brand underline underline-offset-2">
                Create one
              </Link>
              , or open an invite link.
            </p>
          ) : (
            <Table caption="Organizations you are a member of">
              <thead>
                <tr>
                  <Th>Organization</Th>
                  <Th>Your role</Th>
                  <Th>Leave</Th>
                </tr>
              </thead>
              <tbody>
                {organizations.map((organization) => (
                  <Tr key={organization.slug}>
                    <Td>
                      <Link
                        href={`/o/${organization.slug}`}
                        className="font-medium text-ink underline underline-offset-2"
                      >
                        {organization.name}
                      </Link>
                    </Td>
                    <Td>
                      <Tag>{organization.role}</Tag>
                    </Td>
                    <Td>
                      <LinkButton
                        href={`/o/${organization.slug}/settings/organization#leave-card`}
                        size="small"
                      >
                        Leave …<span className="sr-only"> {organization.name}</span>
                      </LinkButton>
                    </Td>
                  </Tr>
                ))}
              </tbody>
            </Table>
          )}
        </Card>
        <Card
          id="sessions-card"
          title="Sessions"
          aside="Sessions end after 12 hours, or after 8 hours of inactivity"
          flush
        >
          <PageClock at={Date.now()}>
            <Table caption="Where you are signed in" className="rows session-rows">
              <thead>
                <tr>
                  <Th>Device</Th>
                  <Th>Address</Th>
                  <Th>Signed in</Th>
                  <Th>Last seen</Th>
                  <Th>End</Th>
                </tr>
              </thead>
              <tbody>
                {sessions.slice(0, mostSessions).map((row) => (
                  <Tr key={row.id}>
                    <Td>{row.device}</Td>
                    <Td>{row.address}</Td>
                    <Td>
                      <span className="md:hidden">Signed in </span>
                      <Time at={row.createdAt} />
                    </Td>
                    <Td>
                      <span className="md:hidden">last seen </span>
                      <Time at={row.lastSeenAt} />
                    </Td>
                    <Td>
                      {row.isCurrent ? (
                        <Tag tone="proven">this one</Tag>
                      ) : (
                        <ActionButton
                          action={endSession}
                          values={{ sessionId: row.id }}
                          size="small"
                          pendingText="Ending…"
                        >
                          End<span className="sr-only"> the session of {row.device}</span>
                        </ActionButton>
                      )}
                    </Td>
                  </Tr>
                ))}
              </tbody>
            </Table>
          </PageClock>
          {sessions.length > mostSessions ? (
            <p className="px-4 pt-[14px] text-small text-ink-2">
              {sessions.length - mostSessions} more are not shown. “Sign out everywhere” ends them as well.
            </p>
          ) : null}
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-[14px]">
            <ActionButton action={endEverySession} values={{}} size="small" pendingText="Signing out…">
              Sign out everywhere
            </ActionButton>
            <p className="text-small text-ink-2">
              Ends every session, including this one, and every open reset link.
            </p>
          </div>
        </Card>
        <Card id="keyboard-card" title="Keyboard">
          <ShortcutsChoice initial={(await cookies()).get("shortcuts")?.value !== "off"} />
          <p className="mt-2 max-w-[68ch] text-small text-ink-2">
            In this browser. Press <kbd>?</kbd> on a page of an organization to see every shortcut.
          </p>
        </Card>
        <Card id="password-card" title="Password">
          <PasswordForm hints={formHints(passwordChange)} email={session.email} />
        </Card>
        <Card id="delete-card" title="Delete your profile">
          <p className="mb-4 max-w-[68ch] text-ink-2">
            You leave every organization, and your profile, sessions and links are deleted. What you did stays
            in the audit log of each organization, under an id without a name. The last admin of an
            organization must appoint another one first.
          </p>
          <DeleteForm hints={formHints(passwordConfirmation)} />
        </Card>
      </main>
    </div>
  );
}
