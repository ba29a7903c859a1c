"use client";

import { usePathname } from "next/navigation";
import { cx } from "@/components/ui/cx";
import { Link } from "@/components/ui/link";

/** Open work behind a link. */
export interface NavCount {
  /** "28", "999+" */
  readonly count: string;
  /** How many of them could not be read lately: then the number is not certain, and says so. */
  readonly unread: number;
  /** Read after the number by a screen reader: "failing". */
  readonly label: string;
}

export interface NavItem {
  readonly href: string;
  readonly label: string;
  /** Pages that belong to it and are not below its own address. */
  readonly also?: string;
  /** Absent when there is nothing to count. */
  readonly open?: NavCount;
}

function Count({ open: { count, unread, label } }: { readonly open: NavCount }) {
  const isCertain = unread === 0;
  return (
    <span
      className={cx(
        "font-mono text-meta leading-5",
        isCertain ? "font-medium text-ink-3" : "font-semibold text-wait",
      )}
    >
      {count}
      {isCertain ? null : <span aria-hidden="true"> ?</span>}
      <span className="sr-only">
        {` ${label}`}
        {isCertain ? "" : `, ${unread} of them not read by the last scan`}
      </span>
    </span>
  );
}

function isHere(pathname: string, { href, also }: NavItem): boolean {
  return (
    pathname === href || pathname.startsWith(`${href}/`) || (also !== undefined && pathname.startsWith(also))
  );
}

/** Links of the left rail; the page one is on carries the magenta edge. */
export function RailLinks({ items }: { readonly items: readonly NavItem[] }) {
  const pathname = usePathname();
  return (
    <ul className="grid gap-[2px]">
      {items.map((item) => {
        const here = isHere(pathname, item);
        return (
          <li key={item.href}>
            <Link
              href={item.href}
              aria-current={here ? "page" : undefined}
              className={cx(
                "flex justify-between rounded-control px-2 py-[6px] no-underline",
                here
                  ? "bg-sunken font-semibold text-ink shadow-[inset_2px_0_0_var(--brand)] forced-colors:border-s-2 forced-colors:border-brand forced-colors:ps-[6px]"
                  : "text-ink-2 hover:bg-sunken hover:text-ink",
              )}
            >
              {item.label}
              {item.open ? <Count open={item.open} /> : null}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

/** Links of the bottom bar on a narrow screen. */
export function BarLinks({ items }: { readonly items: readonly NavItem[] }) {
  const pathname = usePathname();
  return items.map((item) => {
    const here = isHere(pathname, item);
    return (
      <li key={item.href} className="flex-1">
        <Link
          href={item.href}
          aria-current={here ? "page" : undefined}
          className={cx(
            "flex min-h-[52px] items-center justify-center gap-x-[6px] text-small no-underline -outline-offset-2!",
            here
              ? "font-semibold text-ink shadow-[inset_0_2px_0_var(--brand)] forced-colors:border-t-2 forced-colors:border-brand"
              : "text-ink-2",
          )}
        >
          {item.label}
          {item.open ? <Count open={item.open} /> : null}
        </Link>
      </li>
    );
  });
}
