"use client";

import type { RegionOutcome } from "@/lib/checks/evaluation";
import { CoverageMap } from "./coverage-map";
import { Glyph } from "./glyph";
import { countByDetail, lookOf } from "./outcome";
import { RegionGrid } from "./region-grid";

/**
 * Map, grid and legend. A client component so that names and states alone are sent beside the markup, and not a second
 * copy of it.
 */
export function CoverageView({
  regions,
}: {
  readonly regions: readonly (readonly [name: string, detail: RegionOutcome["detail"]])[];
}) {
  const marks = regions.map(([name, detail]) => ({ name, ...lookOf(detail) }));
  const states = countByDetail(regions.map(([, detail]) => ({ detail })));
  return (
    <>
      <div className="px-4 pt-2 max-sm:hidden">
        <CoverageMap markers={marks} />
      </div>
      <div className="px-4 pt-1 pb-[10px]">
        <RegionGrid cells={marks} />
      </div>
      <ul
        aria-label="Legend"
        className="flex flex-wrap gap-x-4 gap-y-1 border-t border-line px-4 py-[10px] text-meta text-ink-3"
      >
        {states.map(({ detail }) => (
          <li key={detail} className="inline-flex items-center gap-[6px]">
            <Glyph name={lookOf(detail).glyph} size={14} />
            {lookOf(detail).text}
          </li>
        ))}
      </ul>
    </>
  );
}
