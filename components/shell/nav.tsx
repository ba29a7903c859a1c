"use client";

import { usePathname } from "next/navigation";
import { cx } from "@/components/ui/cx";
import { Link } from "@/components/ui/link";

export interface NavItem {
  readonly href: string;
  readonly label: string;
  /** Open work behind the link ("28", "999+"); absent when there is nothing to count. */
  readonly count?: string;
  /** Read after the number by a screen reader: "failing". */
  readonly countLabel?: string;
}

function isHere(pathname: string, href: string): boolean {
  return pathname === href || pathname.startsWith(`${href}/`);
}

/** Links of the left rail; the page one is on carries the magenta edge. */
export function RailLinks({ items }: { readonly items: readonly NavItem[] }) {
  const pathname = usePathname();
  return (
    <ul className="grid gap-[2px]">
      {items.map((item) => {
        const here = isHere(pathname, item.href);
        return (
          <li key={item.href}>
            <Link
              href={item.href}
              aria-current={here ? "page" : undefined}
              className={cx(
                "flex justify-between rounded-control px-2 py-[6px] no-underline",
                here
                  ? "bg-sunken font-semibold text-ink shadow-[inset_2px_0_0_var(--brand)]"
                  : "text-ink-2 hover:bg-sunken hover:text-ink",
              )}
            >
              {item.label}
              {item.count ? (
                <span className="font-mono text-meta leading-5 font-medium text-ink-3">
                  {item.count}
                  {item.countLabel ? <span className="sr-only"> {item.countLabel}</span> : null}
                </span>
              ) : null}
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
    const here = isHere(pathname, item.href);
    return (
      <li key={item.href} className="flex-1">
        <Link
          href={item.href}
          aria-current={here ? "page" : undefined}
          className={cx(
            "grid min-h-[52px] place-content-center text-center text-small no-underline -outline-offset-2!",
            here ? "font-semibold text-ink shadow-[inset_0_2px_0_var(--brand)]" : "text-ink-2",
          )}
        >
          {item.label}
        </Link>
      </li>
    );
  });
}
