import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import type { CoverageRow, CoverageStrip as Strip } from "@/lib/snapshots/coverage-view";
import { count } from "@/lib/text";
import { cellLetter } from "./strip-cells";
import { Cells, type ShownRow, StripRows } from "./strip-rows";
import { dayText, digits } from "./words";

/** One line for each account, the worst first: how its last days went, and how it is today. */
export function CoverageStrip({
  strip,
  root,
  total,
}: {
  readonly strip: Strip;
  readonly root: string;
  /** Accounts there are; null on a page that shows all of them, page by page. */
  readonly total: number | null;
}) {
  const { days, rows, nextCursor } = strip;
  const [first = "", last = ""] = [days[0], days.at(-1)];
  return (
    <Section
      id="coverage"
      title="Coverage by account"
      aside={`Most blind first, ${dayText(first)} to ${dayText(last)}`}
    >
      {rows.length === 0 ? (
        <p className="py-4 text-ink-2">No account has a verdict yet.</p>
      ) : (
        <StripRows rows={rows.map(shown)} root={root} />
      )}
      <Legend />
      <p className="flex flex-wrap gap-x-4 gap-y-1 pt-2 text-small">
        <Link href={`${root}/checks/${strip.checkId}`} className="link">
          Show every Region
        </Link>
        {total !== null && nextCursor !== null ? (
          <Link href={`${root}/dashboard/coverage`} className="link">
            Show all {digits(total)} accounts
          </Link>
        ) : null}
      </p>
    </Section>
  );
}

function shown(row: CoverageRow): ShownRow {
  const { value, tone } = today(row);
  const blind = row.cells.filter(({ state }) => state === "uncovered").length;
  const unknown = row.cells.filter(({ state }) => state === "unknown").length;
  return {
    href: row.findingKey === null ? `/accounts/${row.accountId}` : `/findings/${row.findingKey}`,
    name: row.accountName,
    cells: row.cells.map(cellLetter).join(""),
    value,
    ...(tone === undefined ? {} : { tone }),
    words: `Regions not logged on ${blind} of ${count(row.cells.length, "day")}, unknown on ${unknown}. Today:`,
  };
}

function today({ cells, isInferred }: CoverageRow): Pick<ShownRow, "value" | "tone"> {
  const cell = cells.at(-1);
  // What was read is logged, and what was not is inferred: the cell shows that it is not known.
  if (isInferred && cell?.state === "unknown") return { value: "Inferred" };
  if (cell === undefined || cell.state === "unknown" || cell.state === "pending") return { value: "Unknown" };
  if (cell.state === "not_connected") return { value: "Not connected" };
  const { covered, partial, uncovered, unknown } = cell.regions;
  const all = covered + partial + uncovered + unknown;
  if (cell.state === "uncovered") return { value: `${uncovered + partial} of ${all}`, tone: "blind" };
  if (cell.state === "partial") {
    return { value: partial === all ? "In part" : `${partial} of ${all} in part`, tone: "wait" };
  }
  return { value: isInferred ? "Inferred" : `All ${all}` };
}

const legend = [
  ["c", "Logged"],
  ["K", "Not logged, by share"],
  ["p", "Not arriving, or in part"],
  ["?", "Unknown"],
  [".", "Not connected"],
] as const;

function Legend() {
  return (
    <ul className="legend coverage-legend" aria-label="Legend">
      {legend.map(([letter, text]) => (
        <li key={letter}>
          <Cells letters={letter} />
          {text}
        </li>
      ))}
    </ul>
  );
}
