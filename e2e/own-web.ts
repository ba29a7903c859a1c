import { type ChildProcess, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "@/bench/free-port";
import { withClient } from "@/lib/db/with-client";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/lib/installation/embedded";
import { homeFor, serverUser } from "@/lib/installation/embedded-files";
import { migrate } from "@/lib/installation/migrate";

/** A PostgreSQL of a test's own, which it may stop, cut off and fill. */
export interface OwnDatabase {
  readonly appUrl: string;
  readonly authUrl: string;
  readonly keeperUrl: string;
  /** On the product's database. */
  readonly superuserUrl: string;
  stop(): Promise<void>;
  /** Again, with the same data and address. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

export async function ownDatabase(): Promise<OwnDatabase> {
  const folder = mkdtempSync(join(tmpdir(), "posturio-own-"));
  const options = { dataDir: join(folder, "postgres"), port: await freePort() };
  let server: EmbeddedPostgres = await startEmbeddedPostgres(options);
  const { appUrl, authUrl, keeperUrl, ownerUrl, superuserUrl } = server;
  await migrate({ adminUrl: superuserUrl, appUrl, authUrl, keeperUrl, ownerUrl });
  return {
    appUrl,
    authUrl,
    keeperUrl,
    superuserUrl: superuserUrl.replace(/\/postgres$/, "/posturio"),
    stop: () => server.stop(),
    start: async () => {
      server = await startEmbeddedPostgres(options);
    },
    remove: async () => {
      await server.stop();
      rmSync(homeFor(options.dataDir, serverUser()), { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A program of the product as an operator runs it, with an environment of the test's own. */
export interface OwnProcess {
  readonly child: ChildProcess;
  /** What it has written, both streams together. */
  output(): string;
  readonly ended: Promise<number | null>;
  stop(): Promise<number | null>;
}

export function ownProcess(args: readonly string[], env: Readonly<Record<string, string>>): OwnProcess {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH ?? "", NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += String(chunk);
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  return {
    child,
    output: () => output,
    ended,
    stop: () => {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

export interface OwnWeb extends OwnProcess {
  readonly url: string;
}

/** Settings of a web process that works, on this database. */
export function webEnvironment(
  database: { readonly appUrl: string; readonly authUrl: string },
  port: number,
): Record<string, string> {
  return {
    DATABASE_URL: database.appUrl,
    DATABASE_AUTH_URL: database.authUrl,
    POSTURIO_URL: `http://localhost:${port}`,
    NEXTAUTH_URL: `http://localhost:${port}`,
    NEXTAUTH_SECRET: randomBytes(32).toString("hex"),
    POSTURIO_SIGNUP: "open",
    POSTURIO_WEB_PROCESSES: "1",
    PORT: String(port),
    HOSTNAME: "127.0.0.1",
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

/** The built web server, once it answers. */
export async function ownWeb(
  database: { readonly appUrl: string; readonly authUrl: string },
  more: Readonly<Record<string, string>> = {},
): Promise<OwnWeb> {
  const port = await freePort();
  const web = ownProcess(["bin/web.mjs"], { ...webEnvironment(database, port), ...more });
  const url = `http://localhost:${port}`;
  for (const end = Date.now() + 60_000; ; await sleep(100)) {
    const answer = await fetch(`${url}/api/health/live`).catch(() => null);
    if (answer?.ok) return { ...web, url };
    if (Date.now() > end || web.child.exitCode !== null)
      throw new Error(`The web server does not answer:\n${web.output()}`);
  }
}

/** A token with every scope for the organization, of its only member. */
export async function insertToken(database: OwnDatabase, organization: string): Promise<string> {
  const token = `pst_live_${randomBytes(32).toString("base64url")}`;
  await withClient(database.superuserUrl, (client) =>
    client.query(
      `INSERT INTO api_tokens (tenant_id, name, prefix, token_hash, scopes, created_by, expires_at)
       SELECT o.id, 'test', $2, $3, '{read,scan,admin:accounts}', m.user_id, now() + interval '1 day'
       FROM organizations o JOIN memberships m ON m.tenant_id = o.id WHERE o.slug = $1`,
      [organization, token.slice(0, 13), createHash("sha256").update(token).digest("hex")],
    ),
  );
  return token;
}

/** A scan that nobody runs, in an organization that is there: its page waits. */
export async function insertWaitingScan(database: OwnDatabase, organization: string): Promise<void> {
  await withClient(database.superuserUrl, async (client) => {
    await client.query(
      `WITH account AS (
         INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id, status)
         SELECT id, '111122223333', 'aws', 'waiting', gen_random_uuid()::text, 'connected'
         FROM organizations WHERE slug = $1 RETURNING tenant_id, id)
       INSERT INTO scans (tenant_id, number, account_id, trigger) SELECT tenant_id, 1, id, 'manual' FROM account`,
      [organization],
    );
  });
}
