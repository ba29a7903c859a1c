import { afterEach, expect, test, vi } from "vitest";
import { ownDatabase } from "./database.mjs";
import { processEnvironments } from "./environment.mjs";

const secrets = {
  nextauthSecret: "n",
  appPassword: "a",
  authPassword: "i",
  ownerPassword: "o",
  demoPassword: "p",
  demoToken: "t",
};
const database = {
  appUrl: "postgres://app",
  authUrl: "postgres://auth",
  keeperUrl: "postgres://keeper",
  ownerUrl: "postgres://owner",
  adminUrl: "postgres://admin",
};

type Environments = Record<"sandbox" | "web" | "worker" | "migrate" | "seed", Record<string, string>>;

/** What the processes get when the shell of the operator holds `shell`. */
function environments(real: boolean, shell: Record<string, string> = {}, dev = false): Environments {
  const all = { AWS_ACCESS_KEY_ID: "AKIAOPERATOR", AWS_ENDPOINT_URL: "http://elsewhere", ...shell };
  for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value);
  return processEnvironments({
    real,
    dev,
    url: "http://localhost:3000",
    port: 3000,
    secrets,
    database,
    sandboxUrl: "http://127.0.0.1:1",
  }) as unknown as Environments;
}

afterEach(() => void vi.unstubAllEnvs());

const aws = (env: Record<string, string>) =>
  Object.keys(env).filter((name) => /^AWS_/.test(name) && !name.startsWith("AWS_SDK_JS"));

test.for([true, false])("only the worker gets AWS credentials or settings (real: %s)", (real) => {
  const { web, sandbox, migrate, seed } = environments(real);
  for (const each of [web, sandbox, migrate, seed]) expect(aws(each)).toEqual([]);
});

test.for([true, false])("the web process knows no AWS endpoint, the worker does (real: %s)", (real) => {
  const { web, worker } = environments(real, {
    POSTURIO_AWS_ENDPOINT: "https://gateway.example",
    POSTURIO_ALLOW_AWS_ENDPOINT: "1",
  });
  expect(Object.keys(web).filter((name) => name.includes("AWS_ENDPOINT"))).toEqual([]);
  expect(worker.POSTURIO_AWS_ENDPOINT).toBe(real ? "https://gateway.example" : "http://127.0.0.1:1");
});

test("the demo worker gets nothing of the operator's AWS identity", () => {
  const { worker } = environments(false, { AWS_PROFILE: "operator", AWS_SESSION_TOKEN: "operator" });
  expect(worker.AWS_ACCESS_KEY_ID).not.toBe("AKIAOPERATOR");
  expect(worker.POSTURIO_AWS_ENDPOINT).toBe("http://127.0.0.1:1");
  // Nor what the operator's files and machine say when the variables are silent.
  expect(Object.fromEntries(aws(worker).map((name) => [name, worker[name]]))).toEqual({
    AWS_ACCESS_KEY_ID: expect.any(String),
    AWS_SECRET_ACCESS_KEY: expect.any(String),
    AWS_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  });
});

test("the real worker acts as the operator and knows no sandbox", () => {
  const { worker } = environments(true);
  expect(worker.AWS_ACCESS_KEY_ID).toBe("AKIAOPERATOR");
  expect(worker.POSTURIO_AWS_ENDPOINT).toBeUndefined();
});

test("a real installation is never a demo, whatever the shell says", () => {
  for (const each of Object.values(environments(true, { POSTURIO_DEMO: "1" }))) {
    expect(each.POSTURIO_DEMO).toBeUndefined();
  }
  const { web, worker, seed } = environments(false);
  for (const each of [web, worker, seed]) expect(each.POSTURIO_DEMO).toBe("1");
});

/** Addresses of the database that the shell holds are read by ownDatabase(), and handed out one by one. */
const shell = {
  DATABASE_OWNER_URL: "postgres://owner-of-shell",
  DATABASE_ADMIN_URL: "postgres://admin-of-shell",
  DATABASE_KEEPER_URL: "postgres://keeper-of-shell",
};

test.for([true, false])("each process knows the roles of the database that it needs (real: %s)", (real) => {
  const { migrate, worker, ...others } = environments(real, shell);
  expect(migrate.DATABASE_OWNER_URL).toBe("postgres://owner");
  expect(migrate.DATABASE_ADMIN_URL).toBe("postgres://admin");
  expect(JSON.stringify([worker, others])).not.toMatch(/postgres:\/\/(owner|admin)/);
  for (const each of [migrate, worker]) expect(each.DATABASE_KEEPER_URL).toBe("postgres://keeper");
  expect(JSON.stringify(others)).not.toContain("keeper");
});

test("the sandbox knows no secret", () => {
  const { sandbox } = environments(false, { ...shell, NEXTAUTH_SECRET: "s", REDIS_URL: "redis://:p@db" });
  expect(Object.keys(sandbox).filter((name) => /DATABASE|SECRET|REDIS/.test(name))).toEqual([]);
});

test("what the shell says of the supervisor is not handed on", () => {
  const said = {
    npm_config_x: "1",
    NODE_OPTIONS: "--x",
    POSTURIO_HOME: "/x",
    PORT: "9",
    HOSTNAME: "0.0.0.0",
  };
  const { web, ...others } = environments(true, said);
  expect(web).toMatchObject({ PORT: "3000", HOSTNAME: "127.0.0.1" });
  const { PORT: _port, HOSTNAME: _hostname, ...rest } = web;
  for (const each of [rest, ...Object.values(others)]) {
    expect(Object.keys(each).filter((name) => name in said)).toEqual([]);
  }
});

test("the operator's own settings are handed on, and go before ours", () => {
  const own = { NEXTAUTH_SECRET: "of the operator", POSTURIO_SIGNUP: "invite", LOG_LEVEL: "debug" };
  const { web, worker } = environments(true, own);
  for (const each of [web, worker]) expect(each).toMatchObject(own);
  const unsaid = environments(true, { NEXTAUTH_SECRET: "", POSTURIO_SIGNUP: "" }).web;
  // Only this machine reaches it: whoever started it signs up.
  expect(unsaid).toMatchObject({ NEXTAUTH_SECRET: "n", POSTURIO_SIGNUP: "open", NODE_ENV: "production" });
  expect(environments(true, {}, true).web.NODE_ENV).toBe("development");
});

test("a database of the operator's is used as the product's role, never as the administrator", () => {
  const made = ownDatabase({ DATABASE_URL: "postgresql://postgres:root@db:5432/posturio" }, secrets);
  expect(made.appUrl).toBe("postgresql://posturio_app:a@db:5432/posturio");
  expect(made.authUrl).toBe("postgresql://posturio_auth:i@db:5432/posturio");
  expect(made.ownerUrl).toBe("postgresql://posturio_owner:o@db:5432/posturio");
  expect(made.adminUrl).toBe("postgresql://postgres:root@db:5432/postgres");
});

test("web, worker and the steps around them know who may enter", () => {
  const { web, worker, migrate, seed, sandbox } = environments(true);
  for (const each of [web, worker, migrate, seed]) expect(each.DATABASE_AUTH_URL).toBe("postgres://auth");
  expect(sandbox.DATABASE_AUTH_URL).toBeUndefined();
});

test("a database whose roles the operator made needs both of them", () => {
  const appUrl = "postgresql://posturio_app:x@db:5432/posturio";
  expect(() => ownDatabase({ DATABASE_URL: appUrl }, secrets)).toThrow("DATABASE_AUTH_URL is not set");
  expect(() => ownDatabase({ DATABASE_URL: "no url" }, secrets)).toThrow("DATABASE_URL is not a URL");
  const authUrl = "postgresql://posturio_auth:y@db:5432/posturio";
  expect(ownDatabase({ DATABASE_URL: appUrl, DATABASE_AUTH_URL: authUrl }, secrets)).toMatchObject({
    appUrl,
    authUrl,
  });
});
