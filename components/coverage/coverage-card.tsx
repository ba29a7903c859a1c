import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import { Folded } from "@/components/ui/folded";
import { Table, Th } from "@/components/ui/table";
import type { RegionOutcome } from "@/lib/checks/evaluation";
import { CoverageView } from "./coverage-view";
import { countByDetail, lookOf } from "./outcome";
import { groupByGeography } from "./region-groups";

/** "5 logged · 11 not logged · 5 not enabled". */
function coverageCounts(regions: readonly RegionOutcome[]): string {
  return countByDetail(regions)
    .map(({ detail, count }) => `${count} ${lookOf(detail).text.toLowerCase()}`)
    .join(" · ");
}

/** Counts, dot map, grid, legend and, folded as the part `regions`, the reason for every Region. */
export function CoverageCard({
  regions,
  reasons,
}: {
  readonly regions: readonly RegionOutcome[];
  /** Read when they are unfolded, or sent with the page. */
  readonly reasons: "read" | "sent";
}) {
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
          <CoverageView regions={regions.map(({ name, detail }) => [name, detail])} />
          <Folded part="regions" className="border-t border-line" summary={<b>Why, Region by Region</b>}>
            {reasons === "sent" ? <RegionReasons regions={regions} /> : null}
          </Folded>
        </>
      )}
    </Card>
  );
}

/** The reason for each Region's state, and the trails that give it. */
export function RegionReasons({ regions }: { readonly regions: readonly RegionOutcome[] }) {
  const ordered = groupByGeography(regions).flatMap((group) => group.regions);
  return (
    <Table caption="Why each Region has its state" className="reasons">
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
          <tr key={region.name}>
            <td>
              <Code>{region.name}</Code>
            </td>
            <td>{lookOf(region.detail).text}</td>
            <td>{region.why}</td>
            <td>
              {region.trailArns.length > 0
                ? region.trailArns.map((arn) => (
                    <div key={arn}>
                      <Code>{arn.slice(arn.lastIndexOf("/") + 1)}</Code>
                    </div>
                  ))
                : "None"}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
