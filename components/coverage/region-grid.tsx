import { cx } from "@/components/ui/cx";
import { Glyph, type GlyphName } from "./glyph";
import { groupByGeography } from "./region-groups";

export interface RegionCell {
  readonly name: string;
  readonly glyph: GlyphName;
  readonly text: string;
  readonly tone: "quiet" | "blind" | "wait";
}

const toneClass = {
  quiet: "text-ink-3",
  blind: "text-blind font-semibold",
  wait: "text-wait font-semibold",
} as const;

/** The truth: every Region in words, grouped by geography, one row of 28 px each. */
export function RegionGrid({ cells }: { readonly cells: readonly RegionCell[] }) {
  return (
    <div className="gap-x-7 sm:columns-2 xl:columns-3">
      {groupByGeography(cells).map((group) => (
        <div key={group.geography} className="break-inside-avoid-column pb-1">
          <h3 className="text-meta leading-7 font-semibold text-ink-3">
            {group.geography} <span className="font-normal">({group.regions.length})</span>
          </h3>
          <ul>
            {group.regions.map((cell) => (
              <li
                key={cell.name}
                className="grid min-h-7 grid-cols-[16px_auto_minmax(0,1fr)] items-center gap-2 border-t border-line"
              >
                <Glyph name={cell.glyph} />
                <code translate="no" className="text-code whitespace-nowrap">
                  {cell.name}
                </code>
                <span className={cx("truncate text-end text-meta", toneClass[cell.tone])}>{cell.text}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
