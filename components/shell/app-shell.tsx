import type { ReactNode } from "react";
import { Keys } from "@/components/keys/keys";
import { Shortcuts } from "@/components/keys/shortcuts";
import { Logo } from "@/components/logo";
import { Link } from "@/components/ui/link";
import { count } from "@/lib/text";
import { MoreMenu, type OrganizationLink, OrganizationMenu, PersonMenu, type ShellPerson } from "./menus";
import { BarLinks, type NavCount, type NavItem, RailLinks } from "./nav";
import type { Theme } from "./theme";

/** Frame of every page of an organization: rail on wide screens, bottom bar on narrow ones. It guards nothing. */
export function AppShell({
  organization,
  organizations,
  person,
  theme,
  demo,
  aheadSeconds,
  isLead,
  toFix,
  failing,
  signOut,
  children,
}: {
  readonly organization: OrganizationLink;
  readonly organizations: readonly OrganizationLink[];
  readonly person: ShellPerson;
  readonly theme: Theme | undefined;
  /** The installation answers every AWS call from its sandbox. */
  readonly demo: boolean;
  /** How far the demo's clock was moved ahead; times on the page count from there. */
  readonly aheadSeconds: number;
  /** Answers for all of it, rather than for what is theirs. */
  readonly isLead: boolean;
  /** How many findings the person has to fix; null for none. */
  readonly toFix: string | null;
  /** Findings that fail, or failed when they were last read; null when there are none. */
  readonly failing: Omit<NavCount, "label"> | null;
  readonly signOut: () => Promise<void>;
  readonly children: ReactNode;
}) {
  const root = `/o/${organization.slug}`;
  const dashboard: NavItem = { href: `${root}/dashboard`, label: "Dashboard" };
  const mine: NavItem = {
    href: `${root}/my-work`,
    label: "My work",
    ...(toFix ? { open: { count: toFix, unread: 0, label: "to fix" } } : {}),
  };
  const findings: NavItem = {
    href: `${root}/findings`,
    label: "Findings",
    also: `${root}/checks/`,
    ...(failing ? { open: { ...failing, label: "failing" } } : {}),
  };
  const accounts: NavItem = { href: `${root}/accounts`, label: "Accounts" };
  const scans: NavItem = { href: `${root}/scans`, label: "Scans" };
  const settings: NavItem = { href: `${root}/settings`, label: "Settings" };
  const menus = { current: organization, organizations, theme, signOut };
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[208px_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only z-50 rounded-control bg-surface px-3 py-2 font-semibold text-brand focus:not-sr-only focus:fixed focus:start-3 focus:top-3"
      >
        Skip to content
      </a>
      <header className="flex items-center justify-between gap-3 border-b border-line px-4 py-2 md:hidden">
        <Link href={root} aria-label="Posturio, start page of the organization" className="no-underline">
          <Logo />
        </Link>
        <span className="truncate text-small text-ink-2">{organization.name}</span>
      </header>
      <header className="sticky top-0 z-40 flex h-dvh flex-col gap-[2px] overflow-y-auto border-e border-line px-3 py-4 max-md:hidden">
        <Link
          href={root}
          aria-label="Posturio, start page of the organization"
          className="px-2 pt-[2px] pb-[14px] no-underline"
        >
          <Logo />
        </Link>
        <OrganizationMenu current={organization} organizations={organizations} />
        <button
          type="button"
          data-opens="palette"
          className="rail-button mt-1 mb-3"
          aria-keyshortcuts="Control+K Meta+K"
        >
          Search or run
          <Keys of="$mod+k" />
        </button>
        <nav aria-label="Main" className="flex flex-1 flex-col justify-between gap-4">
          <RailLinks items={[dashboard, mine, findings, accounts, scans]} />
          <div className="grid gap-[2px]">
            <RailLinks items={[settings]} />
            <button type="button" data-opens="shortcuts" className="rail-button" aria-keyshortcuts="Shift+?">
              Shortcuts
              <Keys of="[Shift]+?" />
            </button>
          </div>
        </nav>
        <div className="mt-[2px]">
          <PersonMenu person={person} theme={theme} signOut={signOut} />
        </div>
      </header>
      <div className="min-w-0 max-md:pb-[68px]">
        {demo ? <DemoLine aheadSeconds={aheadSeconds} /> : null}
        <main
          id="content"
          tabIndex={-1}
          className="max-w-[1232px] px-4 pt-[18px] pb-10 outline-none sm:px-5 lg:px-8"
        >
          {children}
        </main>
      </div>
      <Shortcuts root={root} />
      <nav
        aria-label="Main, bottom"
        className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
      >
        <ul className="flex">
          <BarLinks items={[isLead ? dashboard : mine, findings, scans]} />
          <li className="flex-1">
            <MoreMenu others={[isLead ? mine : dashboard, accounts, settings]} {...menus} />
          </li>
        </ul>
      </nav>
    </div>
  );
}

/** Said on every page and never dismissed: nobody may take the demo for their own cloud. */
function DemoLine({ aheadSeconds }: { readonly aheadSeconds: number }) {
  const days = Math.round(aheadSeconds / 86_400);
  return (
    <aside
      aria-label="About this installation"
      data-ahead-seconds={aheadSeconds}
      className="border-b border-line bg-note-tint px-4 py-[6px] text-small text-ink sm:px-5 lg:px-8"
    >
      <strong className="font-semibold">Demo installation.</strong> Every AWS call is answered by a simulated
      AWS on this machine; no real account is read.
      {days > 0 ? ` Its clock is ${count(days, "day")} ahead.` : null}
    </aside>
  );
}
