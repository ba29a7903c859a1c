import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { noVerdictYet } from "@/lib/findings/lifecycle/states";
import { findingsHref } from "@/lib/findings/list/finding-url";
import { count } from "@/lib/text";

/** No account is connected, so there is nothing to list. */
export function NothingYet({ root, mayConnect }: { readonly root: string; readonly mayConnect: boolean }) {
  return (
    <EmptyState
      title="Nothing has been read yet"
      action={
        mayConnect ? (
          <LinkButton href={`${root}/connect`} variant="primary">
            Connect an AWS account
          </LinkButton>
        ) : null
      }
    >
      {mayConnect
        ? "Findings appear after the first scan of a connected account. Connecting takes about three minutes."
        : "Findings appear after the first scan of a connected account. An admin or lead of this organization connects accounts."}
    </EmptyState>
  );
}

/** The list is empty: by its filters, because there is no verdict yet, or because nothing of its kind is there. */
export function NothingHere({
  root,
  all,
  activeCount,
  clearHref,
  isDefaultView,
}: {
  readonly root: string;
  /** Findings of every kind that the filters let through. */
  readonly all: number;
  readonly activeCount: number;
  readonly clearHref: string;
  readonly isDefaultView: boolean;
}) {
  if (activeCount > 0) {
    return (
      <EmptyState
        title="No finding matches"
        action={<LinkButton href={clearHref}>Clear {count(activeCount, "filter")}</LinkButton>}
      >
        No finding matches all of the filters above.
      </EmptyState>
    );
  }
  if (all === 0) {
    return (
      <EmptyState title={noVerdictYet} action={<LinkButton href={`${root}/scans`}>See scans</LinkButton>}>
        The first scan has not finished yet. Verdicts will appear here automatically.
      </EmptyState>
    );
  }
  const everything = findingsHref(`${root}/findings`, { observation: ["failing", "passing", "unknown"] });
  return (
    <EmptyState
      title={isDefaultView ? "Nothing needs work" : "No finding of this kind"}
      action={<LinkButton href={everything}>See all {count(all, "finding")}</LinkButton>}
    >
      {isDefaultView
        ? "No finding is open, and every account could be read."
        : "Findings of other kinds are under the other tabs."}
    </EmptyState>
  );
}
