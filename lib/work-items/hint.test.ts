import { describe, expect, test } from "vitest";
import { jobIdOf, parseHint, payloadOf, RefusedHint } from "./hint";

const item = { workId: "5a3c1a52-64a7-4e3b-8f07-9a6f3f0b1c22", fence: 3 };

describe("a hint on the queue", () => {
  test("is read back as it was written, and carries the id of the work item alone", () => {
    expect(payloadOf(item)).toEqual({ v: 2, workId: item.workId });
    expect(parseHint(payloadOf(item))).toEqual({ v: 2, workId: item.workId });
  });

  test("has another job id for every claim", () => {
    expect(jobIdOf(item)).not.toBe(jobIdOf({ ...item, fence: 4 }));
  });

  test.each([
    ["an extra field", { ...payloadOf(item), roleArn: "arn:aws:iam::1:role/x" }],
    ["a tenant", { ...payloadOf(item), tenantId: item.workId }],
    ["another version", { ...payloadOf(item), v: 1 }],
    ["no work item", { v: 2 }],
    ["an id that is none", { v: 2, workId: "*" }],
    ["nothing", undefined],
  ])("is refused with %s", (_, data) => {
    expect(() => parseHint(data)).toThrow(RefusedHint);
  });
});
