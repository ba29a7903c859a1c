import { expect, test } from "vitest";
import { createLogger } from "./logger";

function capture() {
  const lines: string[] = [];
  return { lines, logger: createLogger("info", { write: (line: string) => void lines.push(line) }) };
}

// Assembled, so that no scanner of this repository takes them for real ones.
const accessKeyId = `ASIA${"ABCDEFGHIJ234567"}`;
const secretAccessKey = `wJalrXUtnFEMI/K7MDENG/bPx${"RfiCYEXAMPLEKEY"}`;
const sessionToken = `IQoJb3JpZ2luX2Vj${"a1B2/c3D4+".repeat(30)}==`;
const apiToken = `pst_live_${"k3yK3y-_".repeat(5)}`;
const jwe = `eyJhbGciOiJkaXIifQ..${"abc_DEF-123".repeat(3)}.payload.tag`;
const secrets = { accessKeyId, secretAccessKey, sessionToken, apiToken, jwe };

test.each(Object.entries(secrets))("a %s is removed by its shape anywhere", (_name, secret) => {
  const { lines, logger } = capture();
  logger.info(`it said ${secret} and went on`);
  logger.warn({ note: `x ${secret}`, deep: { list: [secret] } }, "fields");
  logger.error({ error: new Error(`failed with ${secret}`, { cause: new Error(secret) }) }, "errors");
  logger.child({ requestId: "r1", odd: secret }).info("bindings");
  expect(lines).toHaveLength(4);
  for (const line of lines) {
    expect(line).not.toContain(secret);
    expect(line).toContain("[redacted]");
    expect(() => JSON.parse(line)).not.toThrow();
  }
});

test.each([
  "password",
  "newPassword",
  "passwordHash",
  "Authorization",
  "set-cookie",
  "NEXTAUTH_SECRET",
  "sessionToken",
  "SecretAccessKey",
  "token_hash",
  "externalId",
  "credentials",
  "DATABASE_URL",
])("the value under %s is removed by its key", (key) => {
  const { lines, logger } = capture();
  logger.info({ [key]: "plainvalue", deep: { [key]: { inner: "plainvalue" } } }, "m");
  logger.child({ [key]: "plainvalue" }).info("m");
  expect(lines.join("")).not.toContain("plainvalue");
});

test("a line carries level, instant, ids of the child and an opened error", () => {
  const { lines, logger } = capture();
  const cause = Object.assign(new Error("reset"), { code: "ECONNRESET" });
  logger
    .child({ requestId: "r1", scanId: "s1" })
    .warn({ error: new Error("no answer", { cause }) }, "Read failed");
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    level: "warn",
    message: "Read failed",
    requestId: "r1",
    scanId: "s1",
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    error: { type: "Error", message: "no answer", cause: { message: "reset", code: "ECONNRESET" } },
  });
});

test("what cannot be serialized does not break the log", () => {
  const { lines, logger } = capture();
  const circle: Record<string, unknown> = { big: 10n };
  circle["self"] = circle;
  logger.info(circle, "circle");
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ message: "circle", big: "10" });
});
