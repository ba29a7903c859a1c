import { cx } from "@/components/ui/cx";
import { Link } from "@/components/ui/link";

/** Counts that are filters: all, failing, passing, unknown. */
export function ObservationTabs({
  items,
}: {
  readonly items: readonly {
    readonly label: string;
    readonly count: number;
    readonly href: string;
    readonly current: boolean;
  }[];
}) {
  return (
    <nav aria-label="Findings by observation" className="mb-4 border-b border-line">
      <ul className="flex gap-[18px] overflow-x-auto">
        {items.map((item) => (
          <li key={item.label}>
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
              {item.label} <span className="font-mono text-meta text-ink-3">{item.count}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
