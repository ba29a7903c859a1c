import type { RegionCounts } from "@/lib/findings/finding-view";

/** In this order; `.coverage-bar` in app/globals.css says how each looks. */
const parts = [
  "covered",
  "partial",
  "uncovered",
  "unread",
] as const satisfies readonly (keyof RegionCounts)[];

/** How much of an account is covered, at a glance. The words beside it say the same, so it is hidden from screen readers. */
export function CoverageBar({ regions }: { readonly regions: RegionCounts }) {
  return (
    <span className="coverage-bar" aria-hidden="true">
      {parts.map((name) =>
        regions[name] === 0 ? null : <span key={name} className={name} style={{ flexGrow: regions[name] }} />,
      )}
    </span>
  );
}
