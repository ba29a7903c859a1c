import { expect, test } from "vitest";
import { redactAnswer, redactText } from "./redact";

// Assembled, so that no scanner of this repository takes them for real ones.
const certain: readonly (readonly [shape: string, text: string, secret: string])[] = [
  ...["AKIA", "ASIA", "AROA", "AIDA"].map(
    (prefix) => [`id ${prefix}`, `key ${prefix}ABCDEFGHIJ234567 of it`, `${prefix}ABCDEFGHIJ234567`] as const,
  ),
  ...["FwoG", "IQoJ", "FQoG", "AQoD"].map(
    (prefix) => [`session token ${prefix}`, `x ${prefix}${"a1B2/c3-_4".repeat(6)}== y`, "a1B2/c3"] as const,
  ),
  ["short session token", `x IQoJ${"a1B2c3D4".repeat(3)} y`, "a1B2c3D4"],
  ["API token", `it said pst_live_${"k3yK3y-_".repeat(5)}`, "k3yK3y"],
  ["JWT", `eyJhbGciOiJkaXIifQ..${"abc_DEF-123".repeat(3)}.payload.tag`, "abc_DEF"],
  ["labelled secret", `"secret": "${"a1b2".repeat(12)}"`, "a1b2a1b2"],
  ["labelled signature", `signature=${"f0".repeat(32)}`, "f0f0"],
  ["argon2 hash", "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA", "c2FsdA"],
  ["password in a URL", "postgresql://posturio_app:hunter2@db:5432/posturio", "hunter2"],
  ["invite link", "GET /invite/abcdefghijklmnopqrstuvwxyz 200", "abcdefghijklmnop"],
  ["reset link", "GET /reset/abcdefghijklmnopqrstuvwxyz 200", "abcdefghijklmnop"],
];

const likely: readonly (readonly [shape: string, text: string, secret: string])[] = [
  ["bearer", "authorization: Bearer abcdefghijkl", "abcdefghijkl"],
  ["basic", "authorization: Basic YWJjOmRlZjEy", "YWJjOmRlZjEy"],
  ["secret access key", `it is wJalrXUtnFEMI/K7MDENG/bPx${"RfiCYEXAMPLEKEY"}.`, "wJalr"],
  ["long base64", `x ${"aB3_".repeat(31)} y`, "aB3_aB3_"],
];

test.each([...certain, ...likely])("a log loses a secret of the shape: %s", (_shape, text, secret) => {
  expect(text).toContain(secret);
  expect(redactText(text)).not.toContain(secret);
  expect(redactText(text)).toContain("[redacted]");
});

test.each(certain)("an answer loses a secret of the shape: %s", (_shape, text, secret) => {
  expect(redactAnswer(text)).not.toContain(secret);
  expect(JSON.stringify(redactAnswer({ deep: [{ text }] }))).not.toContain(secret);
});

test("an answer keeps names that only look like secrets: they are evidence", () => {
  const answer = {
    Values: ["arn:aws:s3:::acme2025/AWSLogs/111122223333/CloudTrail"],
    Description: "Basic management events",
    NextToken: "aB3_".repeat(40),
  };
  expect(redactAnswer(answer)).toEqual(answer);
});

test("an answer loses credentials by key and the metadata of the SDK, and keeps the rest", () => {
  const clean = redactAnswer({
    $metadata: { attempts: 1 },
    Credentials: { AccessKeyId: "plain" },
    note: "key ASIAABCDEFGHIJKLMNOP of arn:aws:iam::111122223333:role/PosturioReadOnly",
    at: new Date("2026-11-22T12:00:00Z"),
    big: 10n,
    list: [{ SessionToken: "x" }, { Secret_Access_Key: "x" }, { Password: "x" }],
  });
  expect(clean).toEqual({
    Credentials: "[redacted]",
    note: "key [redacted] of arn:aws:iam::111122223333:role/PosturioReadOnly",
    at: "2026-11-22T12:00:00.000Z",
    big: "10",
    list: [{ SessionToken: "[redacted]" }, { Secret_Access_Key: "[redacted]" }, { Password: "[redacted]" }],
  });
});

test.each([
  "arn:aws:cloudtrail:eu-central-1:111122223333:trail/organization-trail-of-everything",
  "arn:aws:iam::111122223333:role/PosturioReadOnlyForEveryAccountAndMore12",
  "6f1ed002ab5595859014ebf0951522d9b1b7f8c2a9d3e4f5061728394a5b6c7d",
  "da39a3ee5e6b4b0d3255bfef95601890afd80709",
  "0b5a8a3e-6f0c-4f5c-9f5e-0a1b2c3d4e5f",
  "https://posturio.example.com/o/acme/findings/PST-142?after=2026-11-22T19:00:00.000Z",
  "An idle database connection broke",
])("%s is no secret and stays", (text) => {
  expect(redactText(text)).toBe(text);
});
