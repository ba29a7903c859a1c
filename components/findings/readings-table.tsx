"use client";

import { Glyph } from "@/components/coverage/glyph";
import { Code } from "@/components/ui/code";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ReadingSummary } from "@/lib/findings/finding-view";
import { count } from "@/lib/text";

/**
 * Every kind of AWS call behind an evaluation, how old its answers are, and what could not be read and why. A client
 * component for the reason given at FindingRows.
 */
export function ReadingsTable({ readings }: { readonly readings: readonly ReadingSummary[] }) {
  return (
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
          <ReadingRows key={reading.api} reading={reading} />
        ))}
      </tbody>
    </Table>
  );
}

/** The reasons have a row of their own: beside the numbers they would be too narrow to read. */
function ReadingRows({ reading }: { readonly reading: ReadingSummary }) {
  const asked = reading.regionsOk + reading.regionsFailed;
  return (
    <>
      <Tr className={reading.failures.length > 0 ? "border-b-0" : undefined}>
        <Td>
          <Code className="whitespace-nowrap">{reading.api}</Code>
        </Td>
        <Td className="text-small whitespace-nowrap">
          {reading.regionsOk} of {count(asked, "Region")}
        </Td>
        <Td className="text-small text-ink-2">
          <Time at={reading.oldestAt} />
        </Td>
        <Td className="text-small text-ink-3">{reading.failures.length === 0 ? "Nothing" : "See below"}</Td>
      </Tr>
      {reading.failures.length > 0 ? (
        <Tr>
          <Td colSpan={4} className="pt-0! text-small">
            <ul className="grid max-w-[68ch] gap-2">
              {reading.failures.map((failure) => (
                <li
                  key={`${failure.code} ${failure.text}`}
                  className="grid grid-cols-[16px_minmax(0,1fr)] gap-2"
                >
                  <span className="mt-px">
                    <Glyph name="could-not-read" />
                  </span>
                  <span className="[overflow-wrap:anywhere]">
                    {failure.text}{" "}
                    <span className="text-ink-3">
                      {[
                        ...(failure.regions.length > 1 ? [failure.regions.join(", ")] : []),
                        failure.code,
                      ].join(" · ")}
                    </span>
                  </span>
                </li>
              ))}
            </ul>
          </Td>
        </Tr>
      ) : null}
    </>
  );
}
