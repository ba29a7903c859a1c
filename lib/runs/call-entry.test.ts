import { describe, expect, test } from "vitest";
import type { RecordedCall } from "@/lib/aws/wire/recorded-call";
import { sha256OfJson } from "@/lib/evidence/canonical-json";
import { AnswerAltered, answerHashOf, answerOf, entryOf } from "./call-entry";

const call: RecordedCall = {
  at: "2026-11-25T10:00:00.000Z",
  api: "cloudtrail:GetTrailStatus",
  region: "eu-west-1",
  target: "arn:aws:cloudtrail:us-east-1:111122223333:trail/audit",
  outcome: "ok",
  requestId: "9c1d",
  durationMs: 12.4,
  attempts: 1,
  response: {
    IsLogging: true,
    LatestDeliveryTime: "2026-11-25T09:58:00.000Z",
    StartLoggingTime: "2026-08-01T00:00:00.000Z",
    TimeLoggingStarted: "2026-08-01T00:00:00Z",
  },
};

describe("a call that is kept", () => {
  test("leaves what changes with every delivery with the call, and the rest to be stored once", () => {
    const today = entryOf(call, 0);
    const later = { ...(call.response as object), LatestDeliveryTime: "2026-11-26T09:58:00.000Z" };
    const tomorrow = entryOf({ ...call, response: later }, 0);
    expect(tomorrow.content).toEqual(today.content);
    expect(tomorrow.entry.sha256).not.toBe(today.entry.sha256);
    expect(today.content?.text).toBe('{"IsLogging":true,"StartLoggingTime":"2026-08-01T00:00:00.000Z"}');
  });

  test("keeps all of an answer that names the session, which is another one in every run", () => {
    const response = {
      Arn: "arn:aws:sts::111122223333:assumed-role/PosturioReadOnly/posturio-1",
      Account: "1",
    };
    const { entry, content } = entryOf({ ...call, api: "sts:GetCallerIdentity", response }, 0);
    expect(content?.text).toBe("{}");
    expect(answerOf(entry, {})).toEqual(response);
  });

  test("gives its answer back, proven by the hash of the whole", () => {
    const { entry, content } = entryOf(call, 0);
    expect(entry.sha256).toBe(sha256OfJson(call.response));
    expect(answerHashOf(entry)).toBe(content?.hash);
    expect(answerOf(entry, JSON.parse(content?.text ?? ""))).toEqual(call.response);
  });

  test.each([
    ["the stored rest", { IsLogging: false }, {}],
    ["the part that stayed with the call", undefined, { changing: { LatestDeliveryTime: "2026-01-01" } }],
  ])("refuses an answer of which %s was altered", (_, stored, change) => {
    const { entry, content } = entryOf(call, 0);
    const rest = stored ?? JSON.parse(content?.text ?? "");
    expect(() => answerOf({ ...entry, ...change }, rest)).toThrow(AnswerAltered);
  });

  test("stores an answer without changing members under its own hash", () => {
    const { entry, content } = entryOf(
      { ...call, api: "cloudtrail:DescribeTrails", response: { trailList: [] } },
      0,
    );
    expect(entry).not.toHaveProperty("answer");
    expect(entry.sha256).toBe(content?.hash);
    expect(answerOf(entry, { trailList: [] })).toEqual({ trailList: [] });
  });

  test("without an answer has neither hash nor content, and keeps the error", () => {
    const { response: _, ...failed } = call;
    const { entry, content } = entryOf({ ...failed, outcome: "denied", errorCode: "AccessDenied" }, 0);
    expect(content).toBeNull();
    expect(answerHashOf(entry)).toBeNull();
    expect(entry).toMatchObject({ outcome: "denied", errorCode: "AccessDenied" });
  });

  test("carries the database's time and whole milliseconds", () => {
    expect(entryOf(call, 2_000).entry).toMatchObject({ at: "2026-11-25T10:00:02.000Z", durationMs: 12 });
  });

  test("carries the date of AWS's answer when there was one, whatever our clocks say", () => {
    const answeredAt = "2027-01-01T00:00:00.000Z";
    expect(entryOf({ ...call, answeredAt }, 2_000).entry.at).toBe(answeredAt);
    expect(entryOf({ ...call, answeredAt }, 2_000).entry).not.toHaveProperty("answeredAt");
  });
});
