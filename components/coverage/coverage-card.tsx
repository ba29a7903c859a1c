import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { RegionOutcome } from "@/lib/checks/evaluation";
import { CoverageMap } from "./coverage-map";
import { Glyph } from "./glyph";
import { countByDetail, lookOf } from "./outcome";
import { RegionGrid } from "./region-grid";
import { groupByGeography } from "./region-groups";

/** "5 logged · 11 not logged · 5 not enabled". */
function coverageCounts(regions: readonly RegionOutcome[]): string {
  return countByDetail(regions)
    .map(({ detail, count }) => `${count} ${lookOf(detail).text.toLowerCase()}`)
    .join(" · ");
}

/** Counts, dot map, grid, legend and the reason for every Region. */
export function CoverageCard({ regions }: { readonly regions: readonly RegionOutcome[] }) {
  const marks = regions.map((region) => ({ name: region.name, ...lookOf(region.detail) }));
  return (
    <Card
      id="coverage"
      title="Region coverage"
      aside={regions.length > 0 ? coverageCounts(regions) : null}
      flush
    >
      {regions.length === 0 ? (
        <p className="px-4 py-[14px] text-ink-2">The Regions of this account have not been read.</p>
      ) : (
        <>
          <div className="px-4 pt-2 max-sm:hidden">
            <CoverageMap markers={marks} />
          </div>
          <div className="px-4 pt-1 pb-[10px]">
            <RegionGrid cells={marks} />
          </div>
          <Legend regions={regions} />
          <Reasons regions={regions} />
        </>
      )}
    </Card>
  );
}

function Legend({ regions }: { readonly regions: readonly RegionOutcome[] }) {
  return (
    <ul
      aria-label="Legend"
      className="flex flex-wrap gap-x-4 gap-y-1 border-t border-line px-4 py-[10px] text-meta text-ink-3"
    >
      {countByDetail(regions).map(({ detail }) => (
        <li key={detail} className="inline-flex items-center gap-[6px]">
          <Glyph name={lookOf(detail).glyph} size={14} />
          {lookOf(detail).text}
        </li>
      ))}
    </ul>
  );
}

function Reasons({ regions }: { readonly regions: readonly RegionOutcome[] }) {
  const ordered = groupByGeography(regions).flatMap((group) => group.regions);
  return (
    <details className="border-t border-line">
      <summary className="px-4 py-[10px] text-small font-semibold text-ink-2 hover:text-ink">
        Why, Region by Region
      </summary>
      <Table caption="Why each Region has its state">
        <thead>
          <tr>
            <Th>Region</Th>
            <Th>State</Th>
            <Th>Why</Th>
            <Th>Trails</Th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((region) => (
            <Tr key={region.name}>
              <Td>
                <Code className="whitespace-nowrap">{region.name}</Code>
              </Td>
              <Td className="text-small whitespace-nowrap">{lookOf(region.detail).text}</Td>
              <Td className="min-w-[220px] text-small text-ink-2">{region.why}</Td>
              <Td className="text-small text-ink-2">
                {region.trailArns.length > 0
                  ? region.trailArns.map((arn) => (
                      <div key={arn}>
                        <Code>{arn.slice(arn.lastIndexOf("/") + 1)}</Code>
                      </div>
                    ))
                  : "None"}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </details>
  );
}
