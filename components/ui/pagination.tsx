import { LinkButton } from "./button";

/** Cursor paging: back to the start, and on. Absent when there is one page. */
export function Pagination({
  firstHref,
  nextHref,
  label,
}: {
  /** Set when this is not the first page. */
  readonly firstHref: string | null;
  readonly nextHref: string | null;
  readonly label: string;
}) {
  if (firstHref === null && nextHref === null) return null;
  return (
    <nav aria-label={label} className="mt-4 flex justify-between gap-2">
      {firstHref ? <LinkButton href={firstHref}>Back to the first page</LinkButton> : <span />}
      {nextHref ? <LinkButton href={nextHref}>Next page</LinkButton> : null}
    </nav>
  );
}
