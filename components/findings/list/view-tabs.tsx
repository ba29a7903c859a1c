import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { Link } from "@/components/ui/link";

export interface ViewTab {
  readonly label: string;
  /** Null where it is not counted. */
  readonly count: number | null;
  readonly href: string;
  readonly current: boolean;
}

/** Lists that people come back to: the product's own first, then those that somebody saved. */
export function ViewTabs({
  items,
  saved,
  children,
}: {
  readonly items: readonly ViewTab[];
  readonly saved: readonly ViewTab[];
  /** What can be done with the view. */
  readonly children: ReactNode;
}) {
  return (
    <div className="mb-4 flex items-end justify-between gap-4 border-b border-line">
      <nav aria-label="Views" className="min-w-0">
        <ul className="flex gap-[18px] overflow-x-auto">
          {items.map((item) => (
            <Tab key={item.href} item={item} />
          ))}
          {saved.map((item, at) => (
            <Tab key={item.href} item={item} isFirstSaved={at === 0} />
          ))}
        </ul>
      </nav>
      <div className="flex shrink-0 items-center gap-1 pb-1">{children}</div>
    </div>
  );
}

function Tab({ item, isFirstSaved = false }: { readonly item: ViewTab; readonly isFirstSaved?: boolean }) {
  return (
    <li className={isFirstSaved ? "border-s border-line ps-[18px]" : undefined}>
      <Link
        href={item.href}
        aria-current={item.current ? "true" : undefined}
        className={cx(
          "inline-block border-b-2 pt-1 pb-[6px] font-medium whitespace-nowrap no-underline -outline-offset-2! max-md:py-3",
          item.current
            ? "border-brand font-semibold text-ink"
            : "border-transparent text-ink-2 hover:text-ink",
        )}
      >
        {item.label}
        {item.count === null ? null : <span className="font-mono text-meta text-ink-3"> {item.count}</span>}
      </Link>
    </li>
  );
}
