import { Glyph } from "@/components/coverage/glyph";
import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ReadingSummary } from "@/lib/findings/finding-view";

/** What was read from AWS for this evaluation, how old it is, and what could not be read and why. */
export function ReadingsCard({
  readings,
  scanHref,
  scanNumber,
}: {
  readonly readings: readonly ReadingSummary[];
  readonly scanHref: string;
  readonly scanNumber: number;
}) {
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
      {readings.length === 0 ? (
        <p className="px-4 py-[14px] text-ink-2">Nothing could be read from this account.</p>
      ) : (
        <Table caption="Readings behind this verdict">
          <thead>
            <tr>
              <Th>AWS call</Th>
              <Th>Answered</Th>
              <Th>Oldest reading</Th>
              <Th>Could not be read</Th>
            </tr>
          </thead>
          <tbody>
            {readings.map((reading) => (
              <Tr key={reading.api}>
                <Td>
                  <Code className="whitespace-nowrap">{reading.api}</Code>
                </Td>
                <Td className="text-small whitespace-nowrap">
                  {reading.regionsOk} of {reading.regionsOk + reading.regionsFailed} Regions
                </Td>
                <Td className="text-small text-ink-2">
                  <Time at={reading.oldestAt} />
                </Td>
                <Td className="min-w-[260px] text-small">
                  {reading.failures.length === 0 ? (
                    <span className="text-ink-3">Nothing</span>
                  ) : (
                    <ul className="grid gap-2">
                      {reading.failures.map((failure) => (
                        <li
                          key={`${failure.code} ${failure.text}`}
                          className="grid grid-cols-[16px_1fr] gap-2"
                        >
                          <span className="mt-px">
                            <Glyph name="could-not-read" />
                          </span>
                          <span>
                            {failure.text}{" "}
                            <span className="text-ink-3">
                              {failure.regions.join(", ")}
                              {failure.code ? ` · ${failure.code}` : ""}
                            </span>
                          </span>
                        </li>
                      ))}
                    </ul>
                  )}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}
