import type { CallView } from "./scan-view";

const columns: readonly (readonly [title: string, value: (call: CallView) => string | number | null])[] = [
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

/** A call log as CSV (RFC 4180), sent as it is written: a scan of a large account has many thousands of calls. */
export function callLogCsv(calls: readonly CallView[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let next = 0;
  return new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode(line(columns.map(([title]) => title))));
    },
    pull(controller) {
      const some = calls.slice(next, next + linesAtOnce);
      next += some.length;
      if (some.length === 0) return controller.close();
      const lines = some.map((call) => line(columns.map(([, value]) => value(call))));
      controller.enqueue(encoder.encode(lines.join("")));
    },
  });
}

function line(values: readonly (string | number | null)[]): string {
  return `${values.map(cell).join(",")}\r\n`;
}

/** Messages are written by AWS and by customers: a spreadsheet would run what begins like a formula. */
function cell(value: string | number | null): string {
  if (value === null) return "";
  const text = String(value);
  const plain = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
