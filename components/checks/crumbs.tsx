/** The path to a public page, with plain links. The last crumb is the page itself. */
export function Crumbs({
  crumbs,
}: {
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
}) {
  return (
    <nav aria-label="Breadcrumb" className="mt-4 mb-6 text-small text-ink-3">
      <ol className="flex flex-wrap gap-x-2">
        {crumbs.map(({ label, href }) => (
          <li key={label} className="flex gap-x-2" {...(href ? {} : { "aria-current": "page" as const })}>
            {href ? (
              <>
                <a href={href} className="text-ink-2 no-underline hover:text-ink hover:underline">
                  {label}
                </a>
                <span aria-hidden="true">/</span>
              </>
            ) : (
              label
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
