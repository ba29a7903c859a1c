"use client";

import {
  Building2,
  Check,
  ChevronsUpDown,
  LogOut,
  Menu as MenuIcon,
  Plus,
  Search,
  UserRound,
} from "lucide-react";
import { startTransition } from "react";
import { Link } from "@/components/ui/link";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import { refuseOffline } from "@/components/ui/online";
import type { Theme } from "./theme";
import { ThemeChoice } from "./theme-choice";

export interface OrganizationLink {
  readonly slug: string;
  readonly name: string;
}

export interface ShellPerson {
  readonly name: string;
  readonly email: string;
}

const icon = { size: 16, strokeWidth: 1.6, "aria-hidden": true } as const;

/** Which organization this is, and the way to the others. */
export function OrganizationMenu({
  current,
  organizations,
}: {
  readonly current: OrganizationLink;
  readonly organizations: readonly OrganizationLink[];
}) {
  return (
    <Menu
      trigger={
        <button
          type="button"
          className="flex min-h-[34px] w-full items-center justify-between gap-2 rounded-control border border-line bg-surface px-2 py-1 text-start font-semibold hover:border-line-strong"
        >
          <span className="truncate">
            <span className="sr-only">Organization: </span>
            {current.name}
          </span>
          <ChevronsUpDown {...icon} size={14} className="shrink-0 text-ink-3" />
        </button>
      }
    >
      <OrganizationItems current={current} organizations={organizations} />
    </Menu>
  );
}

function OrganizationItems({
  current,
  organizations,
}: {
  readonly current: OrganizationLink;
  readonly organizations: readonly OrganizationLink[];
}) {
  return (
    <>
      <MenuLabel>Organizations</MenuLabel>
      {organizations.map((organization) => (
        <MenuItem key={organization.slug} asChild>
          <Link href={`/o/${organization.slug}`}>
            <Building2 {...icon} className="shrink-0 text-ink-3" />
            <span className="min-w-0 flex-1 truncate">{organization.name}</span>
            {organization.slug === current.slug ? (
              <>
                <Check {...icon} size={14} className="text-brand" />
                <span className="sr-only">(current)</span>
              </>
            ) : null}
          </Link>
        </MenuItem>
      ))}
      <MenuItem asChild>
        <Link href="/welcome">
          <Plus {...icon} className="text-ink-3" />
          New organization
        </Link>
      </MenuItem>
    </>
  );
}

function PersonItems({ signOut }: { readonly signOut: () => Promise<void> }) {
  return (
    <>
      <MenuItem asChild>
        <Link href="/account">
          <UserRound {...icon} className="text-ink-3" />
          Your profile
        </Link>
      </MenuItem>
      <MenuItem
        onSelect={() => {
          if (!refuseOffline()) startTransition(signOut);
        }}
      >
        <LogOut {...icon} className="text-ink-3" />
        Sign out
      </MenuItem>
    </>
  );
}

/** The signed-in person: profile, theme, sign out. */
export function PersonMenu({
  person,
  theme,
  signOut,
}: {
  readonly person: ShellPerson;
  readonly theme: Theme | undefined;
  readonly signOut: () => Promise<void>;
}) {
  return (
    <Menu
      trigger={
        <button
          type="button"
          className="flex w-full items-center justify-between gap-2 rounded-control px-2 py-[6px] text-start text-ink-2 hover:bg-sunken hover:text-ink"
        >
          <span className="truncate">
            <span className="sr-only">Signed in as </span>
            {person.name}
          </span>
          <ChevronsUpDown {...icon} size={14} className="shrink-0 text-ink-3" />
        </button>
      }
    >
      <MenuLabel>{person.email}</MenuLabel>
      <PersonItems signOut={signOut} />
      <MenuSeparator />
      <ThemeChoice initial={theme} />
    </Menu>
  );
}

/** Fourth item of the bottom bar: what the rail holds besides the lists. */
export function MoreMenu({
  others,
  current,
  organizations,
  theme,
  signOut,
}: {
  /** Pages that have no place in the bar. */
  readonly others: readonly { readonly href: string; readonly label: string }[];
  readonly current: OrganizationLink;
  readonly organizations: readonly OrganizationLink[];
  readonly theme: Theme | undefined;
  readonly signOut: () => Promise<void>;
}) {
  return (
    <Menu
      align="end"
      trigger={
        <button
          type="button"
          className="flex min-h-[52px] w-full items-center justify-center gap-2 text-small text-ink-2 -outline-offset-2!"
        >
          <MenuIcon {...icon} />
          More
        </button>
      }
    >
      {others.map(({ href, label }) => (
        <MenuItem key={href} asChild>
          <Link href={href}>{label}</Link>
        </MenuItem>
      ))}
      <MenuItem data-opens="palette">
        <Search {...icon} className="text-ink-3" />
        Search or run
      </MenuItem>
      <PersonItems signOut={signOut} />
      <MenuSeparator />
      <OrganizationItems current={current} organizations={organizations} />
      <MenuSeparator />
      <ThemeChoice initial={theme} />
    </Menu>
  );
}
