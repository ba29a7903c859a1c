"use client";

import { Table, Th } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ReadOutcome } from "@/lib/checks/facts/reading";
import { readOutcomeLabels } from "@/lib/checks/labels";

export interface ShownCall {
  readonly id: string;
  readonly at: string;
  readonly api: string;
  readonly region: string;
  readonly target?: string;
  readonly outcome: ReadOutcome;
  readonly errorCode?: string;
  readonly message?: string;
  readonly requestId?: string;
  readonly ms: number;
  /** First digits of the answer's SHA-256. */
  readonly sha256?: string;
}

/** The rows of a call log. A client component for the reason given at FindingRows. */
export function CallRows({ calls }: { readonly calls: readonly ShownCall[] }) {
  return (
    <Table caption="AWS calls of this scan" className="dense calls">
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
          <tr key={call.id} className={call.outcome === "ok" ? undefined : "failed"}>
            <td>
              <Time at={call.at} style="clock" />
            </td>
            <td>
              <code translate="no">{call.api}</code>
              {call.target === undefined ? null : <code translate="no">{call.target}</code>}
            </td>
            <td>
              <code translate="no">{call.region}</code>
            </td>
            <td>
              <b>{readOutcomeLabels[call.outcome]}</b>
              {call.errorCode === undefined ? null : <code translate="no">{call.errorCode}</code>}
              {call.message === undefined ? null : <p>{call.message}</p>}
            </td>
            <td>{call.ms} ms</td>
            <td>{call.requestId === undefined ? "none" : <code translate="no">{call.requestId}</code>}</td>
            <td>{call.sha256 === undefined ? "no answer" : <code translate="no">{call.sha256}…</code>}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
