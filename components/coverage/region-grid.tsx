import { Glyph, type GlyphName } from "./glyph";
import { groupByGeography } from "./region-groups";

export interface RegionCell {
  readonly name: string;
  readonly glyph: GlyphName;
  readonly text: string;
  readonly tone: "quiet" | "blind" | "wait";
}

const toneClass = {
  quiet: undefined,
  blind: "text-blind font-semibold",
  wait: "text-wait font-semibold",
} as const;

type Group = ReturnType<typeof groupByGeography<RegionCell>>[number];

/** Deals the groups out to three columns, each to the shortest so far, so that the card stays low. */
function columnsOf(groups: readonly Group[]): readonly (readonly Group[])[] {
  const columns: { groups: Group[]; rows: number }[] = [0, 1, 2].map(() => ({ groups: [], rows: 0 }));
  for (const group of groups) {
    const shortest = columns.reduce((least, column) => (column.rows < least.rows ? column : least));
    shortest.groups.push(group);
    shortest.rows += group.regions.length + 1;
  }
  return columns.map((column) => column.groups).filter((column) => column.length > 0);
}

/** The truth: every Region in words, grouped by geography, one row of 28 px each. */
export function RegionGrid({ cells }: { readonly cells: readonly RegionCell[] }) {
  return (
    <div className="@container">
      <div className="gap-x-7 @md:columns-2 @3xl:grid @3xl:grid-cols-3">
        {columnsOf(groupByGeography(cells)).map((groups) => (
          <div key={groups[0]?.geography} className="@max-3xl:contents">
            {groups.map((group) => (
              <GeographyGroup key={group.geography} group={group} />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

function GeographyGroup({ group }: { readonly group: Group }) {
  return (
    <div className="break-inside-avoid-column pb-1">
      <h3 className="text-meta leading-7 font-semibold text-ink-3">
        {group.geography} <span className="font-normal">({group.regions.length})</span>
      </h3>
      <ul className="regions">
        {group.regions.map((cell) => (
          <li key={cell.name}>
            <Glyph name={cell.glyph} />
            <code translate="no">{cell.name}</code>
            <span className={toneClass[cell.tone]}>{cell.text}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
