import type { FigureUnit } from "@/lib/dashboard/dashboard-states";
import type { TrendPoint } from "@/lib/dashboard/dashboard-view";
import { axisText, dayText } from "./words";

const left = 34;
const right = 246;
const top = 12;
const bottom = 89;

/** The ends of the axis: counts and durations begin at zero, shares at the ten below the lowest one. Pure. */
export function axisOf(
  values: readonly number[],
  unit: FigureUnit,
): { readonly from: number; readonly to: number } {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  if (unit === "share") return { from: Math.max(0, Math.floor(least * 10 - 1e-9) / 10), to: 1 };
  return { from: 0, to: roundUp(Math.max(most, unit === "seconds" ? 3_600 : 4), unit) };
}

function roundUp(most: number, unit: FigureUnit): number {
  const size = unit === "count" ? 1 : most >= 2 * 86_400 ? 86_400 : 3_600;
  const tens = 10 ** Math.floor(Math.log10(most / size));
  const steps = [1, 2, 4, 5, 8, 10].find((step) => step * tens * size >= most) ?? 10;
  return steps * tens * size;
}

/** A line of weeks. A week without a value is a gap in it. The figures are in the table below it. */
export function Chart({
  points,
  unit,
  label,
}: {
  readonly points: readonly TrendPoint[];
  readonly unit: FigureUnit;
  readonly label: string;
}) {
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  const { from, to } = axisOf(values, unit);
  const x = (place: number) =>
    points.length === 1 ? right : left + (place * (right - left)) / (points.length - 1);
  const y = (value: number) => bottom - ((value - from) / (to - from || 1)) * (bottom - top);
  const at = points.map(({ value }, place) =>
    value === null ? null : `${x(place).toFixed(1)} ${y(value).toFixed(1)}`,
  );
  const line = at
    .map((point, place) => (point === null ? "" : `${(at[place - 1] ?? null) === null ? "M" : "L"}${point}`))
    .join("");
  const lastPlace = points.findLastIndex(({ value }) => value !== null);
  const last = points[lastPlace]?.value;
  return (
    <svg viewBox="0 0 252 106" role="img" aria-label={label} className="chart">
      <path d={`M${left} ${bottom}H252`} className="axis" />
      <text x="0" y="14">
        {axisText(to, unit)}
      </text>
      <text x="0" y="88">
        {axisText(from, unit)}
      </text>
      <path d={line} className="line" />
      {last === undefined || last === null ? null : <circle cx={x(lastPlace)} cy={y(last)} r="3.2" />}
      <text x={left} y="104">
        {dayText(points[0]?.to ?? "")}
      </text>
      {points.length > 1 ? (
        <text x="252" y="104" textAnchor="end">
          {dayText(points.at(-1)?.to ?? "")}
        </text>
      ) : null}
    </svg>
  );
}
