import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { testDatabase } from "@/lib/db/testing/database";

const database = testDatabase();

/** What the framework does: it awaits register(), logs what that throws, and serves all the same. */
const framework = `
  const { register } = await import("./instrumentation.ts");
  await register().catch(() => {});
  process.stdout.write("It serves.");
  process.exit(0);
`;

async function startWeb(settings: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", framework], {
    env: {
      PATH: process.env.PATH ?? "",
      NODE_ENV: "production",
      NEXT_RUNTIME: "nodejs",
      DATABASE_URL: database.appUrl,
      DATABASE_AUTH_URL: database.authUrl,
      POSTURIO_URL: "http://localhost:3000",
      NEXTAUTH_SECRET: "x".repeat(40),
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

/** Ends with one line, which names the cause. */
async function refuses(settings: Readonly<Record<string, string>>, cause: RegExp): Promise<void> {
  const { code, stdout, stderr } = await startWeb(settings);
  expect(stdout).toBe("");
  expect(code).toBe(1);
  const line = JSON.parse(stderr) as { level: string; message: string };
  expect(line.level).toBe("fatal");
  expect(line.message).toMatch(cause);
}

test("web starts with settings and a database that are good", async () => {
  expect(await startWeb({})).toEqual({ code: 0, stdout: "It serves.", stderr: "" });
});

test("web ends when a setting is missing or is none", async () => {
  await refuses({ NEXTAUTH_SECRET: "" }, /NEXTAUTH_SECRET is not set/);
  await refuses({ POSTURIO_DATABASE_POOL: "many" }, /POSTURIO_DATABASE_POOL/);
});

test("web ends on a database that does not keep organizations apart", async () => {
  await database.sql("ALTER TABLE accounts NO FORCE ROW LEVEL SECURITY");
  await refuses({}, /accounts/);
  await database.sql("ALTER TABLE accounts FORCE ROW LEVEL SECURITY");
});
