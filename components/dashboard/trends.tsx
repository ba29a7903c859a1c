import { Section } from "@/components/ui/section";
import type { DashboardOverTime, Definition } from "@/lib/dashboard/dashboard-view";
import { Definitions } from "./definitions";
import { TrendFigure } from "./trend-figure";

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
          {trends.map(({ id, definition, unit, points }) => (
            <TrendFigure key={id} title={definition.title} unit={unit} points={points} />
          ))}
        </div>
      )}
    </Section>
  );
}
