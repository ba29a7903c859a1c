"use client";

import type { FigureUnit } from "@/lib/dashboard/dashboard-states";
import type { TrendPoint } from "@/lib/dashboard/dashboard-view";
import { Chart } from "./chart";
import { dayText, figureText, shareText } from "./words";

/**
 * A line with its figures as a table. A client component, because what the server renders is sent twice: it is drawn on
 * the server from the points, and only those are sent beside it.
 */
export function TrendFigure({
  title,
  unit,
  points,
}: {
  readonly title: string;
  readonly unit: FigureUnit;
  readonly points: readonly TrendPoint[];
}) {
  const last = points.findLast(({ value }) => value !== null);
  const text = last?.value === undefined || last.value === null ? "—" : figureText(last.value, unit);
  const unknown = last?.unknown ?? null;
  return (
    <figure>
      <figcaption>
        {title} <b>{text}</b>
      </figcaption>
      <Chart
        points={points}
        unit={unit}
        label={`${title} in ${points.length === 1 ? "one week" : `${points.length} weeks`}, ${text} in the last one`}
      />
      <small>{noteOf(unknown, last?.to ?? null)}</small>
      <details>
        <summary>
          Show as table<span className="sr-only">: {title}</span>
        </summary>
        <table>
          <thead>
            <tr>
              <th scope="col">7 days to</th>
              <th scope="col">{title}</th>
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
