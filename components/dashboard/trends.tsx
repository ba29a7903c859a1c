import { Section } from "@/components/ui/section";
import type { DashboardOverTime, Definition, Trend } from "@/lib/dashboard/dashboard-view";
import { Chart } from "./chart";
import { Definitions } from "./definitions";
import { dayText, figureText, shareText } from "./words";

/** What has been true over the weeks, each with its definition and its figures as a table. */
export function Trends({
  overTime,
  definitions,
}: {
  readonly overTime: DashboardOverTime;
  readonly definitions: readonly Definition[];
}) {
  const { trends } = overTime;
  return (
    <Section id="trends" title="Trends, 12 weeks" aside={<Definitions definitions={definitions} />}>
      {trends.length === 0 ? (
        <p className="py-4 text-ink-2">
          Trends begin when the first whole day (UTC) has ended. Each day is summed soon after it ends.
        </p>
      ) : (
        <div className="trends">
          {trends.map((trend) => (
            <TrendFigure key={trend.id} trend={trend} />
          ))}
        </div>
      )}
    </Section>
  );
}

function TrendFigure({ trend: { definition, points, unit } }: { readonly trend: Trend }) {
  const last = points.findLast(({ value }) => value !== null);
  const text = last?.value === undefined || last.value === null ? "—" : figureText(last.value, unit);
  const unknown = last?.unknown ?? null;
  return (
    <figure>
      <figcaption>
        {definition.title} <b>{text}</b>
      </figcaption>
      <Chart
        points={points}
        unit={unit}
        label={`${definition.title} in ${points.length === 1 ? "one week" : `${points.length} weeks`}, ${text} in the last one`}
      />
      <small>{noteOf(unknown, last?.to ?? null)}</small>
      <details>
        <summary>
          Show as table<span className="sr-only">: {definition.title}</span>
        </summary>
        <table>
          <thead>
            <tr>
              <th scope="col">7 days to</th>
              <th scope="col">{definition.title}</th>
              {unknown === null ? null : <th scope="col">Unknown</th>}
            </tr>
          </thead>
          <tbody>
            {points.map((point) => (
              <tr key={point.to}>
                <td>{dayText(point.to)}</td>
                <td>{point.value === null ? "—" : figureText(point.value, unit)}</td>
                {unknown === null ? null : <td>{point.unknown === null ? "—" : shareText(point.unknown)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

function noteOf(unknown: number | null, to: string | null): string {
  const week = to === null ? "No week has a value." : `Week to ${dayText(to)}`;
  return unknown === null ? week : `${week}; ${shareText(unknown)} unknown, not covered.`;
}
