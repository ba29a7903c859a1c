import { RegionReasons } from "@/components/coverage/coverage-card";
import { Folded } from "@/components/ui/folded";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { RegionOutcome } from "@/lib/checks/evaluation";
import type { ReadingSummary } from "@/lib/findings/finding-view";
import { count } from "@/lib/text";
import { ReadingsTable } from "./readings-table";

/**
 * What the verdict was reached from. While every call was answered, a sentence says so and the calls are the part
 * `readings`; a call that failed is on the page itself. The reason for each Region's state is the part `regions`.
 */
export function HowWeKnow({
  readings,
  regions,
  scanHref,
  scanNumber,
  isWhole,
}: {
  readonly readings: readonly ReadingSummary[];
  readonly regions: readonly RegionOutcome[];
  readonly scanHref: string;
  readonly scanNumber: number;
  readonly isWhole: boolean;
}) {
  const oldest = readings.map(({ oldestAt }) => oldestAt).sort()[0];
  const allAnswered = readings.every(({ failures }) => failures.length === 0);
  return (
    <Section
      id="readings"
      title="How we know"
      aside={
        <a href={scanHref} className="link">
          Call log of scan #{scanNumber}
        </a>
      }
    >
      {oldest === undefined ? (
        <p className="py-2 text-ink-2">Nothing could be read from this account.</p>
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
      {regions.length > 0 ? (
        <Folded
          part="regions"
          className="border-t border-line"
          isOpen={isWhole}
          summary="Why, Region by Region"
        >
          {isWhole ? <RegionReasons regions={regions} /> : null}
        </Folded>
      ) : null}
    </Section>
  );
}
