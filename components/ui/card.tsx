import type { ReactNode } from "react";
import { cx } from "./cx";

/** A section with a hairline header. Cards never nest. `id` makes the heading's id `<id>-title`. */
export function Card({
  id,
  title,
  aside,
  children,
  flush = false,
  className,
}: {
  readonly id: string;
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  /** The content brings its own padding (tables, maps). */
  readonly flush?: boolean;
  readonly className?: string;
}) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className={cx("mb-4 rounded-card border border-line bg-surface", className)}
    >
      <header className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 border-b border-line px-4 py-[11px]">
        <h2 id={`${id}-title`} className="text-body font-semibold">
          {title}
        </h2>
        {aside ? <div className="text-small text-ink-3">{aside}</div> : null}
      </header>
      <div className={flush ? undefined : "px-4 py-[14px]"}>{children}</div>
    </section>
  );
}
