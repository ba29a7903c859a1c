import { type CsvColumn, csvOf } from "@/lib/csv";
import type { CallView } from "./scan-view";

const columns: readonly CsvColumn<CallView>[] = [
  ["call", ({ id }) => id],
  ["time", ({ at }) => at],
  ["api", ({ api }) => api],
  ["region", ({ region }) => region],
  ["target", ({ target }) => target],
  ["outcome", ({ outcome }) => outcome],
  ["error_code", ({ errorCode }) => errorCode],
  ["message", ({ message }) => message],
  ["request_id", ({ requestId }) => requestId],
  ["duration_ms", ({ durationMs }) => durationMs],
  ["sha256", ({ sha256 }) => sha256],
];

const linesAtOnce = 500;

/** A call log as CSV, sent as it is written: a scan of a large account has many thousands of calls. */
export function callLogCsv(calls: readonly CallView[]): ReadableStream<Uint8Array> {
  return csvOf(columns, inParts(calls));
}

function* inParts(calls: readonly CallView[]): Generator<readonly CallView[]> {
  for (let next = 0; next < calls.length; next += linesAtOnce) yield calls.slice(next, next + linesAtOnce);
}
