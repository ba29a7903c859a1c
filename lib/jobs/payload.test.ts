import { describe, expect, test } from "vitest";
import { jobIdOf, parseJob, payloadOf, RefusedJob } from "./payload";

const scan = {
  kind: "scan",
  tenantId: "0b8e5d0e-3f0d-4d5c-9c0b-2f1f0a3e7a11",
  subjectId: "5a3c1a52-64a7-4e3b-8f07-9a6f3f0b1c22",
  attempt: 3,
} as const;

describe("a job on the queue", () => {
  test("is read back as it was written", () => {
    expect(parseJob("scan", jobIdOf(scan), payloadOf(scan))).toEqual(scan);
    const connectionTest = { ...scan, kind: "connection_test" } as const;
    expect(parseJob("connection_test", jobIdOf(connectionTest), payloadOf(connectionTest))).toEqual(
      connectionTest,
    );
  });

  test.each([
    ["an extra field", "scan", jobIdOf(scan), { ...payloadOf(scan), roleArn: "arn:aws:iam::1:role/x" }],
    ["another version", "scan", jobIdOf(scan), { ...payloadOf(scan), v: 2 }],
    ["no tenant", "scan", jobIdOf(scan), { v: 1, scanId: scan.subjectId }],
    ["a tenant that is no id", "scan", jobIdOf(scan), { ...payloadOf(scan), tenantId: "*" }],
    ["the id of another subject", "scan", `${scan.tenantId}-1`, payloadOf(scan)],
    ["an id without attempt", "scan", scan.subjectId, payloadOf(scan)],
    ["no id", "scan", undefined, payloadOf(scan)],
    ["another name", "shell", jobIdOf(scan), payloadOf(scan)],
    ["the payload of another job", "connection_test", jobIdOf(scan), payloadOf(scan)],
  ])("is refused with %s", (_, name, id, data) => {
    expect(() => parseJob(name, id, data)).toThrow(RefusedJob);
  });
});
