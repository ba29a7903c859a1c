import { Glyph } from "@/components/coverage/glyph";
import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import type { Environment } from "@/lib/accounts/account-states";
import { regionOutcomeLabel } from "@/lib/checks/labels";
import type { MatrixRow, RegionDetail } from "@/lib/findings/check-matrix-view";
import { count } from "@/lib/text";
import { blindByRegion, blindText, columnsOf, detailLetters } from "./columns";
import { MatrixBars, MatrixRows, type ShownAccount } from "./matrix-rows";

/** Accounts and Regions: one row for each account of the page, one column for each Region. On a phone a bar for each account. */
export function Matrix({
  rows,
  root,
  withAll,
  toggleHref,
}: {
  readonly rows: readonly MatrixRow[];
  readonly root: string;
  /** Also the Regions that no account of the page has enabled. */
  readonly withAll: boolean;
  /** The same page with those Regions, or without them. */
  readonly toggleHref: string;
}) {
  const { groups, enabledNowhere } = columnsOf(rows, withAll);
  const names = groups.flatMap(({ regions }) => regions.map(({ name }) => name));
  const path = `${root}/findings`;
  const shownRows = rows.map((row) => shown(row, names));
  return (
    <Card
      id="matrix"
      title={names.length === 0 ? "Accounts" : "Accounts and Regions"}
      flush
      aside={
        <>
          Most blind first
          {enabledNowhere > 0 ? (
            <>
              {" · "}
              <Link href={toggleHref} className="link">
                {withAll ? "Hide" : "Show"} {count(enabledNowhere, "Region")} enabled nowhere
              </Link>
            </>
          ) : null}
        </>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="matrix-scroll relative" aria-label="Matrix" tabIndex={0}>
        <table className="matrix" style={{ minWidth: 216 + 29 * names.length + 98 + 170 }}>
          <caption className="sr-only">Accounts and Regions</caption>
          <colgroup>
            <col style={{ width: 216 }} />
            {names.map((name) => (
              <col key={name} style={{ width: 29 }} />
            ))}
            <col style={{ width: 98 }} />
            <col />
          </colgroup>
          <Head groups={groups} />
          <MatrixRows rows={shownRows} edges={edgesOf(groups)} path={path} />
          {names.length === 0 ? null : <Foot rows={rows} names={names} edges={edgesOf(groups)} />}
        </table>
      </section>
      <MatrixBars rows={shownRows} path={path} />
      {names.length === 0 ? null : <Legend rows={rows} />}
    </Card>
  );
}

/** The name of an account leaves little room. */
const environments: Readonly<Record<Environment, string>> = {
  production: "Prod",
  staging: "Staging",
  development: "Dev",
  sandbox: "Sandbox",
  "log-archive": "Log archive",
  management: "Management",
  other: "",
};

type Groups = ReturnType<typeof columnsOf>["groups"];

function edgesOf(groups: Groups): number[] {
  let place = 0;
  return groups.map(({ regions }) => {
    const edge = place;
    place += regions.length;
    return edge;
  });
}

function shown(row: MatrixRow, names: readonly string[]): ShownAccount {
  const states = new Map(row.regions.map(({ name, detail }) => [name, detailLetters[detail]]));
  const { text, tone } = blindText(row);
  return {
    id: row.findingKey ?? row.findingId,
    name: row.accountName,
    environment: environments[row.environment],
    states: names.map((name) => states.get(name) ?? " ").join(""),
    blind: text,
    ...(tone === undefined ? {} : { tone }),
    cause: row.cause ?? "",
    ...(row.counts === null ? {} : { counts: row.counts }),
  };
}

function Head({ groups }: { readonly groups: Groups }) {
  return (
    <thead>
      {groups.length === 0 ? null : (
        <tr>
          <td />
          {groups.map(({ geography, regions }) => (
            <th key={geography} scope="colgroup" colSpan={regions.length} className="edge">
              {geography}
            </th>
          ))}
          <td className="edge" />
          <td />
        </tr>
      )}
      <tr>
        <th scope="col">Account</th>
        {groups.flatMap(({ regions }) =>
          regions.map(({ name }, place) => (
            <th key={name} scope="col" className={place === 0 ? "region edge" : "region"}>
              <span translate="no">{name}</span>
            </th>
          )),
        )}
        <th scope="col" className="total edge">
          {groups.length === 0 ? "State" : "Blind"}
        </th>
        <th scope="col">Cause</th>
      </tr>
    </thead>
  );
}

function Foot({
  rows,
  names,
  edges,
}: {
  readonly rows: readonly MatrixRow[];
  readonly names: readonly string[];
  readonly edges: readonly number[];
}) {
  const blind = blindByRegion(rows);
  return (
    <tfoot>
      <tr>
        <th scope="row">Accounts blind, this page</th>
        {names.map((name, place) => (
          <td key={name} className={edges.includes(place) ? "edge" : undefined}>
            {blind.get(name) ?? ""}
          </td>
        ))}
        <td className="edge" />
        <td />
      </tr>
    </tfoot>
  );
}

const order = Object.keys(detailLetters) as RegionDetail[];

/** The states that are on the page. */
function Legend({ rows }: { readonly rows: readonly MatrixRow[] }) {
  const there = new Set(rows.flatMap(({ regions }) => regions.map(({ detail }) => detail)));
  return (
    <ul className="legend card-legend max-md:hidden" aria-label="Legend">
      {order
        .filter((detail) => there.has(detail))
        .map((detail) => {
          const { text, glyph } = regionOutcomeLabel(detail);
          return (
            <li key={detail}>
              <Glyph name={glyph} size={14} />
              {text}
            </li>
          );
        })}
    </ul>
  );
}
