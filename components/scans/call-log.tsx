import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import { cx } from "@/components/ui/cx";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { readOutcomeLabels } from "@/lib/checks/labels";
import type { CallView, ScanView } from "@/lib/scans/scan-view";

/** Failed calls by cause: one line each, with what to do. */
export function FailuresCard({ failures }: { readonly failures: ScanView["failures"] }) {
  if (failures.length === 0) return null;
  return (
    <Card
      id="failures"
      title="What could not be read"
      aside={failures.length === 1 ? "1 cause" : `${failures.length} causes`}
      flush
    >
      <ul>
        {failures.map((failure) => (
          <li key={failure.text} className="border-b border-line px-4 py-3 last:border-b-0">
            <p className="font-semibold">{failure.text}</p>
            <p className="mt-[2px] max-w-[68ch] text-ink-2">{failure.whatToDo}</p>
            <p className="mt-1 text-small text-ink-3">
              {failure.count === 1 ? "1 call" : `${failure.count} calls`}
              {failure.regions.length > 0 ? (
                <>
                  {" · "}
                  <Code className="text-meta!">{failure.regions.join(", ")}</Code>
                </>
              ) : null}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Every AWS call of the scan, in order. `filter` is the form above it. */
export function CallLog({
  calls,
  total,
  filter,
}: {
  readonly calls: readonly CallView[];
  readonly total: number;
  readonly filter: React.ReactNode;
}) {
  return (
    <Card
      id="calls"
      title="Call log"
      aside={
        calls.length === total
          ? `${total} ${total === 1 ? "call" : "calls"}`
          : `${calls.length} of ${total} calls`
      }
      flush
    >
      <div className="px-4 pt-3">{filter}</div>
      {calls.length === 0 ? (
        <p className="px-4 pb-4 text-ink-2">
          {total === 0 ? "No call was recorded." : "No call matches these filters."}
        </p>
      ) : (
        <div className="max-h-[640px] overflow-y-auto border-t border-line">
          <Table caption="AWS calls of this scan">
            <thead>
              <tr>
                <Th>Time</Th>
                <Th>Call</Th>
                <Th>Region</Th>
                <Th>Result</Th>
                <Th>Took</Th>
                <Th>Request id</Th>
                <Th>SHA-256 of the answer</Th>
              </tr>
            </thead>
            <tbody>
              {calls.map((call) => (
                <Tr key={call.id}>
                  <Td className="h-8! text-small whitespace-nowrap text-ink-2">
                    <Time at={call.at} style="clock" />
                  </Td>
                  <Td className="h-8! min-w-[220px]">
                    <Code className="whitespace-nowrap">{call.api}</Code>
                    {call.target ? (
                      <div className="text-ink-3">
                        <Code className="text-meta!">{call.target}</Code>
                      </div>
                    ) : null}
                  </Td>
                  <Td className="h-8!">
                    <Code className="whitespace-nowrap">{call.region}</Code>
                  </Td>
                  <Td
                    className={cx(
                      "h-8! min-w-[120px] text-small",
                      call.outcome === "ok" ? "text-proven" : "text-wait",
                    )}
                  >
                    <span className="font-semibold">{readOutcomeLabels[call.outcome]}</span>
                    {call.errorCode ? (
                      <div className="text-ink-2">
                        <Code className="text-meta!">{call.errorCode}</Code>
                      </div>
                    ) : null}
                    {call.message ? (
                      <div className="max-w-[44ch] text-meta text-ink-2">{call.message}</div>
                    ) : null}
                  </Td>
                  <Td className="h-8! text-small whitespace-nowrap">{call.durationMs} ms</Td>
                  <Td className="h-8!">
                    {call.requestId ? (
                      <Code className="text-meta! whitespace-nowrap text-ink-2">{call.requestId}</Code>
                    ) : (
                      <span className="text-small text-ink-3">none</span>
                    )}
                  </Td>
                  <Td className="h-8!">
                    {call.sha256 ? (
                      <Code className="text-meta! whitespace-nowrap text-ink-3">
                        {call.sha256.slice(0, 16)}…
                      </Code>
                    ) : (
                      <span className="text-small text-ink-3">no answer</span>
                    )}
                  </Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </Card>
  );
}
