import { expect, test } from "vitest";
import { environmentTable, parseEnvironment } from "./env";

const production = {
  NODE_ENV: "production",
  DATABASE_URL: "postgresql://posturio_app:x@db/posturio",
  DATABASE_AUTH_URL: "postgresql://posturio_auth:x@db/posturio",
  NEXTAUTH_SECRET: "0123456789abcdef0123456789abcdef",
  POSTURIO_URL: "https://posturio.example.com/",
};

test("development needs no configuration", () => {
  const env = parseEnvironment({});
  expect(env).toMatchObject({
    NODE_ENV: "development",
    POSTURIO_URL: "http://localhost:3000",
    TRUSTED_PROXIES: 0,
  });
  expect(env.POSTURIO_DEMO).toBe(false);
  expect(env.REDIS_URL).toBeUndefined();
});

test("production refuses to start without its secrets, and names all that is missing", () => {
  expect(() => parseEnvironment({ NODE_ENV: "production" })).toThrow(
    /DATABASE_URL is not set[\s\S]*DATABASE_AUTH_URL is not set[\s\S]*NEXTAUTH_SECRET is not set[\s\S]*POSTURIO_URL is not set/,
  );
  expect(parseEnvironment(production).POSTURIO_URL).toBe("https://posturio.example.com");
});

test("production refuses the development secret and short ones", () => {
  const { NEXTAUTH_SECRET: preset } = parseEnvironment({});
  expect(() => parseEnvironment({ ...production, NEXTAUTH_SECRET: preset })).toThrow(
    "is the development secret",
  );
  expect(() => parseEnvironment({ ...production, NEXTAUTH_SECRET: "0".repeat(31) })).toThrow("at least 32");
});

test.each(["POSTURIO_RETENTION_RAW_MONTHS", "POSTURIO_RETENTION_HISTORY_YEARS"])(
  "%s of zero is refused, not understood as keeping nothing",
  (name) => {
    expect(() => parseEnvironment({ ...production, [name]: "0" })).toThrow(name);
    expect(() => parseEnvironment({ ...production, [name]: "1" })).not.toThrow();
  },
);

test("a build needs no installation's secrets", () => {
  const source = {
    NODE_ENV: "production",
    NEXT_PHASE: "phase-production-build",
    POSTURIO_AWS_ENDPOINT: "http://sandbox",
  };
  expect(parseEnvironment(source).NODE_ENV).toBe("production");
});

test.each([
  "http://10.0.0.5:4566",
  "http://127.0.0.1.example.com",
  "http://not-localhost",
  "http://localhost.example.com",
  "http://sandbox",
])("production sends no session token in the open to %s, unless told to", (endpoint) => {
  const source = { ...production, POSTURIO_AWS_ENDPOINT: endpoint };
  expect(() => parseEnvironment(source)).toThrow("POSTURIO_ALLOW_AWS_ENDPOINT=1");
  expect(() => parseEnvironment({ ...source, POSTURIO_ALLOW_AWS_ENDPOINT: "1" })).not.toThrow();
  expect(() => parseEnvironment({ POSTURIO_AWS_ENDPOINT: endpoint })).not.toThrow();
});

test.each(["https://gateway.example", "http://127.0.0.1:4566", "http://localhost:4566", "http://[::1]:4566"])(
  "production takes the endpoint %s",
  (endpoint) => {
    const source = { ...production, POSTURIO_AWS_ENDPOINT: endpoint };
    expect(parseEnvironment(source).POSTURIO_AWS_ENDPOINT).toBe(endpoint);
  },
);

test("an empty variable counts as absent", () => {
  expect(parseEnvironment({ REDIS_URL: "", TRUSTED_PROXIES: "", POSTURIO_SIGNUP: "" })).toMatchObject({
    TRUSTED_PROXIES: 0,
    POSTURIO_SIGNUP: undefined,
  });
});

test.each([
  ["TRUSTED_PROXIES", "-1"],
  ["POSTURIO_SIGNUP", "sometimes"],
  ["REDIS_URL", "http://redis"],
  ...[
    "DATABASE_URL",
    "DATABASE_AUTH_URL",
    "DATABASE_KEEPER_URL",
    "DATABASE_OWNER_URL",
    "DATABASE_ADMIN_URL",
  ].flatMap((name): [string, string][] => [
    [name, "mysql://posturio"],
    [name, "jdbc:postgresql://posturio"],
  ]),
  ["REDIS_URL", "see redis://redis"],
  ["POSTURIO_URL", "javascript:alert(1)"],
  ["NEXTAUTH_URL", "javascript:alert(1)"],
  ["POSTURIO_PRINCIPAL_ARN_AWS", "arn:aws-cn:iam::111122223333:role/PosturioScanner"],
  ["POSTURIO_LEASE_SECONDS", "soon"],
  ["POSTURIO_VERIFICATION_LOOKS", "5m"],
  ["POSTURIO_VERIFICATION_LOOKS", "300 480"],
  ["POSTURIO_VERIFICATION_LOOKS", "480,300"],
  ["POSTURIO_VERIFICATION_LOOKS", "300,300"],
  ["POSTURIO_VERIFICATION_LOOKS", "0,300"],
  ["POSTURIO_VERIFICATION_LOOKS", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21"],
  ["POSTURIO_VERIFICATION_GIVE_UP", "-60"],
])("a wrong %s is named, its value is not: %s", (name, value) => {
  expect(() => parseEnvironment({ [name]: value })).toThrow(name);
  try {
    parseEnvironment({ [name]: value });
  } catch (error) {
    expect(String(error)).not.toContain(value);
  }
});

test("PostgreSQL and Redis are addressed by either of their schemes", () => {
  for (const url of ["postgres://db/posturio", "postgresql://db/posturio"])
    expect(parseEnvironment({ DATABASE_URL: url }).DATABASE_URL).toBe(url);
  for (const url of ["redis://redis", "rediss://redis"])
    expect(parseEnvironment({ REDIS_URL: url }).REDIS_URL).toBe(url);
});

test("principals are told apart by partition", () => {
  const arn = "arn:aws-us-gov:iam::111122223333:role/PosturioScanner";
  expect(parseEnvironment({ POSTURIO_PRINCIPAL_ARN_AWS_US_GOV: arn }).POSTURIO_PRINCIPAL_ARN_AWS_US_GOV).toBe(
    arn,
  );
});

test("the table explains every variable in a sentence and shows no secret", () => {
  const rows = environmentTable();
  expect(rows.length).toBeGreaterThan(20);
  for (const row of rows) {
    expect(row.description, row.name).toMatch(/^[\s\S]{20,}\.$/);
  }
  const secret = rows.find(({ name }) => name === "NEXTAUTH_SECRET");
  expect(secret).toMatchObject({ default: null, required: "in production" });
  expect(rows.find(({ name }) => name === "POSTURIO_DEMO")?.default).toBe("0");
});

test("the table gives every default as it is written in the environment", () => {
  const rows = environmentTable().filter((row) => row.default !== null);
  const source = Object.fromEntries(rows.map((row) => [row.name, row.default ?? ""]));
  expect(parseEnvironment(source)).toEqual(parseEnvironment({}));
});
