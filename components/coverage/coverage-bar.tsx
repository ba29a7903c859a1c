import type { RegionCounts } from "@/lib/findings/finding-view";

const parts = [
  ["covered", "bg-proven"],
  ["partial", "bg-wait"],
  ["uncovered", "bg-blind"],
  ["unread", "bg-line-strong"],
] as const satisfies readonly (readonly [keyof RegionCounts, string])[];

/** How much of an account is covered, at a glance. The words beside it say the same, so it is hidden from screen readers. */
export function CoverageBar({ regions }: { readonly regions: RegionCounts }) {
  return (
    <span className="coverage-bar" aria-hidden="true">
      {parts.map(([name, color]) =>
        regions[name] === 0 ? null : (
          <span key={name} className={color} style={{ flexGrow: regions[name] }} />
        ),
      )}
    </span>
  );
}
