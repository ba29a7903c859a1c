import { Card } from "@/components/ui/card";
import { Folded } from "@/components/ui/folded";
import { Time } from "@/components/ui/time";
import type { ReadingSummary } from "@/lib/findings/finding-view";
import { count } from "@/lib/text";
import { ReadingsTable } from "./readings-table";

/**
 * What was read from AWS for this evaluation. While every call was answered, a sentence says so and the calls are the
 * part `readings`; a call that failed is on the page itself.
 */
export function ReadingsCard({
  readings,
  scanHref,
  scanNumber,
  isWhole,
}: {
  readonly readings: readonly ReadingSummary[];
  readonly scanHref: string;
  readonly scanNumber: number;
  readonly isWhole: boolean;
}) {
  const oldest = readings.map(({ oldestAt }) => oldestAt).sort()[0];
  const allAnswered = readings.every(({ failures }) => failures.length === 0);
  return (
    <Card
      id="readings"
      title="What was read"
      aside={
        <a href={scanHref} className="link">
          Call log of scan #{scanNumber}
        </a>
      }
      flush
    >
      {oldest === undefined ? (
        <p className="px-4 py-[14px] text-ink-2">Nothing could be read from this account.</p>
      ) : allAnswered && !isWhole ? (
        <Folded
          part="readings"
          summary={
            <>
              {count(readings.length, "kind")} of AWS call, all answered, the oldest <Time at={oldest} />
            </>
          }
        />
      ) : (
        <ReadingsTable readings={readings} />
      )}
    </Card>
  );
}
