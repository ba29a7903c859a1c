import { expect, it } from "vitest";
import { MalformedResponse } from "@/lib/aws/wire/read-failure";
import { type OwnCall, ownEventIn } from "./own-event";

const call: OwnCall = {
  region: "eu-west-1",
  accountId: "111122223333",
  requestId: "3f0c2b60-8d1e-41ee-b9d1-0242ac120002",
  session: "posturio-abcd1234",
  sentAt: "2026-11-26T12:00:00.000Z",
};
const record = {
  eventID: "5f2b6f0e-7c1a-4a58-9a3e-9f7f0d0c1b11",
  eventTime: "2026-11-26T11:59:59Z",
  eventName: "DescribeTrails",
  awsRegion: "eu-west-1",
  recipientAccountId: "111122223333",
  requestID: "another",
  userIdentity: { arn: "arn:aws:sts::111122223333:assumed-role/PosturioReadOnly/posturio-abcd1234" },
};
const find = (records: readonly unknown[], changes: Partial<OwnCall> = {}) =>
  ownEventIn(Buffer.from(JSON.stringify({ Records: records })), { ...call, ...changes });

it("finds the call by its request id, whatever else the record says of the caller", () => {
  const own = { ...record, requestID: call.requestId, userIdentity: null, eventName: "Other" };
  expect(find([{ ...record, eventID: "first", userIdentity: {} }, own])).toBe(record.eventID);
});

it("finds it by session, operation and time where no request id fits", () => {
  expect(find([record])).toBe(record.eventID);
  expect(find([record], { requestId: null })).toBe(record.eventID);
});

it.each([
  ["another Region", { awsRegion: "us-east-1", requestID: call.requestId }],
  ["another account", { recipientAccountId: "444455556666", requestID: call.requestId }],
  ["another session", { userIdentity: { arn: `${record.userIdentity.arn}x` } }],
  ["another operation", { eventName: "GetTrailStatus" }],
  ["another time", { eventTime: "2026-11-26T11:50:00Z" }],
  ["no time", { eventTime: undefined }],
  ["no caller", { userIdentity: undefined }],
  ["no id of the event", { eventID: 7 }],
])("takes no record of %s for it", (_, changes) => {
  expect(find([{ ...record, ...changes }])).toBeNull();
});

it("reads nothing of a file that does not name us, and refuses one that is no log file", () => {
  expect(ownEventIn(Buffer.from("no JSON"), call)).toBeNull();
  for (const text of [
    `{"x": "/${call.session}"`,
    `{"Records": "/${call.session}"}`,
    `null "/${call.session}"`,
  ]) {
    let thrown: unknown;
    try {
      ownEventIn(Buffer.from(text), call);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(MalformedResponse);
    expect(String(thrown)).not.toContain(call.session);
  }
});
