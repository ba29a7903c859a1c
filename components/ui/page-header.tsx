import { Fragment, type ReactNode } from "react";
import { Link } from "./link";

export interface Crumb {
  readonly label: ReactNode;
  readonly href?: string;
}

/** The path to this page. The last crumb is the page itself. */
export function Breadcrumb({ crumbs }: { readonly crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="mb-4 text-small text-ink-3">
      <ol className="flex flex-wrap items-center gap-x-2">
        {crumbs.map((crumb, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: crumbs never reorder
          <Fragment key={index}>
            {index > 0 ? <li aria-hidden="true">/</li> : null}
            <li {...(crumb.href ? {} : { "aria-current": "page" as const })}>
              {crumb.href ? (
                <Link href={crumb.href} className="text-ink-2 no-underline hover:text-ink hover:underline">
                  {crumb.label}
                </Link>
              ) : (
                crumb.label
              )}
            </li>
          </Fragment>
        ))}
      </ol>
    </nav>
  );
}

/** Title of a page with its one line of context and its actions. */
export function PageHeader({
  title,
  children,
  actions,
}: {
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <div className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 className="verdict text-title [overflow-wrap:anywhere]">{title}</h1>
        {children ? <div className="mt-1 max-w-[68ch] text-ink-2">{children}</div> : null}
      </div>
      {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
    </div>
  );
}
