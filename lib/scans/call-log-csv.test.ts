import { expect, it } from "vitest";
import { callLogCsv } from "./call-log-csv";
import type { CallView } from "./scan-view";

const call = (change: Partial<CallView>): CallView => ({
  id: "1",
  at: "2026-11-26T07:00:00.000Z",
  api: "cloudtrail:DescribeTrails",
  region: "eu-west-1",
  target: null,
  outcome: "ok",
  errorCode: null,
  message: null,
  requestId: "r-1",
  durationMs: 12,
  sha256: "ab",
  ...change,
});
const text = (calls: readonly CallView[]) => new Response(callLogCsv(calls)).text();

it("writes every call in its order, and quotes what a comma or a line would break", async () => {
  const message = 'not allowed, says "policy"\nof the organization';
  const [header, first, ...rest] = (await text([call({}), call({ id: "2", message })])).split("\r\n");
  expect(header).toBe("call,time,api,region,target,outcome,error_code,message,request_id,duration_ms,sha256");
  expect(first).toBe("1,2026-11-26T07:00:00.000Z,cloudtrail:DescribeTrails,eu-west-1,,ok,,,r-1,12,ab");
  expect(rest.join("\r\n")).toContain('"not allowed, says ""policy""\nof the organization"');
  const many = Array.from({ length: 1201 }, (_, index) => call({ id: String(index + 1) }));
  expect((await text(many)).trimEnd().split("\r\n")).toHaveLength(1202);
});

it("gives a spreadsheet nothing to run", async () => {
  for (const message of ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)"]) {
    expect(await text([call({ message })])).toContain(`,'${message}`);
  }
});
