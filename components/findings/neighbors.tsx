import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { commandProps } from "@/components/keys/commands";
import { Link } from "@/components/ui/link";
import type { FindingNeighbors } from "@/lib/findings/list-view";

/** ‹ 3 of 15 ›: to the findings before and behind this one in the list that the reader came from. */
export function Neighbors({
  of: { position, total, previous, next, isListed },
  root,
  list,
}: {
  readonly of: FindingNeighbors;
  readonly root: string;
  /** The list's query string. */
  readonly list: string;
}) {
  const href = (key: string) => `${root}/findings/${key}?from=${encodeURIComponent(list)}`;
  return (
    <nav aria-label="Findings of the list" className="neighbors">
      <Beside to={previous && href(previous)} command="previous" label="Previous finding">
        <ChevronLeft size={16} strokeWidth={1.6} aria-hidden="true" />
      </Beside>
      <span>{isListed ? `${position ?? "1,000+"} of ${total}` : `No longer in this list of ${total}`}</span>
      <Beside to={next && href(next)} command="next" label="Next finding">
        <ChevronRight size={16} strokeWidth={1.6} aria-hidden="true" />
      </Beside>
    </nav>
  );
}

function Beside({
  to,
  command,
  label,
  children,
}: {
  /** Null at the end of the list. */
  readonly to: string | null;
  readonly command: string;
  readonly label: string;
  readonly children: ReactNode;
}) {
  if (to === null) return <span className="end">{children}</span>;
  return (
    <Link href={to} aria-label={label} {...commandProps(command)} title={label}>
      {children}
    </Link>
  );
}
