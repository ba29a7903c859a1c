import { expect, it } from "vitest";
import { isLogFile, type LogFolder, logFilePrefixes } from "./log-file-keys";

const own: LogFolder = { keyPrefix: null, awsOrganizationId: null, accountId: "111122223333" };
const at = (text: string) => new Date(text);

it("begins a little before the call, for a name may round its minute down", () => {
  const prefix = "AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/26/";
  const [only, ...others] = logFilePrefixes(
    own,
    "eu-west-1",
    at("2026-11-26T17:29:30Z"),
    at("2026-11-26T18:00:00Z"),
  );
  expect(only).toEqual({
    prefix,
    startAfter: `${prefix}111122223333_CloudTrail_eu-west-1_20261126T1714`,
  });
  expect(others).toEqual([]);
});

it("goes through the days until now, three at most, and the day before for a call after midnight", () => {
  const days = (sentAt: string, now: string) =>
    logFilePrefixes(own, "us-east-1", at(sentAt), at(now)).map(({ prefix }) => prefix.slice(-11, -1));
  expect(days("2026-12-31T23:59:00Z", "2027-01-01T00:10:00Z")).toEqual(["2026/12/31", "2027/01/01"]);
  expect(days("2027-01-01T00:05:00Z", "2027-01-01T00:10:00Z")).toEqual(["2026/12/31", "2027/01/01"]);
  expect(days("2026-11-26T12:00:00Z", "2026-12-26T12:00:00Z")).toEqual([
    "2026/11/26",
    "2026/11/27",
    "2026/11/28",
  ]);
  // A clock that is behind AWS's.
  expect(days("2026-11-26T12:00:00Z", "2026-11-20T12:00:00Z")).toEqual(["2026/11/26"]);
});

it("knows the folders of prefixes and of AWS organizations", () => {
  const folder = { ...own, keyPrefix: "team/logs", awsOrganizationId: "o-acme4u8n2k" };
  const [day] = logFilePrefixes(folder, "us-east-1", at("2026-11-26T12:00:00Z"), at("2026-11-26T12:00:00Z"));
  expect(day?.prefix).toBe("team/logs/AWSLogs/o-acme4u8n2k/111122223333/CloudTrail/us-east-1/2026/11/26/");
});

it.each([
  ["a log file", "111122223333_CloudTrail_us-east-1_20261126T1205Z_7Q5CRQRR76XFW2SC.json.gz", true],
  ["another Region's", "111122223333_CloudTrail_us-east-2_20261126T1205Z_7Q5CRQRR76XFW2SC.json.gz", false],
  ["another account's", "444455556666_CloudTrail_us-east-1_20261126T1205Z_7Q5CRQRR76XFW2SC.json.gz", false],
  ["a digest", "111122223333_CloudTrail-Digest_us-east-1_audit_us-east-1_20261126T120500Z.json.gz", false],
  ["anything else", "111122223333_CloudTrail_us-east-1_20261126T1205Z_x.txt", false],
  ["a folder", "", false],
])("tells %s by its name", (_, name, is) => {
  expect(isLogFile(own, "us-east-1", `AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/26/${name}`)).toBe(
    is,
  );
});
