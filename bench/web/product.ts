import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { encode } from "next-auth/jwt";
import pg from "pg";
import { freePort } from "@/bench/free-port";
import { type Installation, type Program, run, startInstallation } from "@/bench/throughput/installation";
import { webArguments } from "@/bin/start/programs.mjs";
import { hashSecret, newSecret } from "@/lib/auth/secret";
import { demoWorld } from "@/sandbox/worlds/demo";

const secret = "of-no-use-to-anybody-but-asked-for-in-production";
const from = { address: "127.0.0.1", userAgent: "bench" };

export interface Product {
  readonly installation: Installation;
  readonly web: Program;
  readonly url: string;
  readonly organization: string;
  readonly tenantId: string;
  readonly userId: string;
  /** The cookie of a person who is signed in. */
  readonly cookie: string;
  /** Bearer tokens: each may ask ten times a second. */
  readonly tokens: readonly string[];
}

/**
 * The demo as `npm start` has it: its accounts connected and scanned by the worker, which ends then; the built web
 * server; a session and tokens from the product's own functions.
 */
export async function startProduct(nodeOptions: readonly string[]): Promise<Product> {
  const installation = await startInstallation(demoWorld());
  try {
    const port = await freePort();
    const environment = pointAt(installation, port, {
      POSTURIO_DEMO: "1",
      POSTURIO_AWS_ENDPOINT: installation.sandbox.url,
      POSTURIO_PRINCIPAL_ARN_AWS: "arn:aws:iam::999999999999:role/posturio-scanner",
    });
    const ids = await seed();
    const worker = await installation.startWorker({ POSTURIO_DEMO: "1" }, []);
    await allScanned(installation.allUrl);
    await worker.stop();
    const access = await signIn(ids.userId, ids.tenantId);
    const web = await startWeb(environment, port, nodeOptions);
    return { installation, web, url: `http://127.0.0.1:${port}`, ...ids, ...access };
  } catch (error) {
    await closeConnections();
    await installation.stop();
    throw error;
  }
}

/**
 * Lets this process and a web server at that port use a database. The product's modules read it when they are loaded:
 * they are imported afterwards.
 */
export function pointAt(
  { appUrl, authUrl }: { readonly appUrl: string; readonly authUrl: string },
  port: number,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const url = `http://localhost:${port}`;
  const environment = {
    NODE_ENV: "production",
    DATABASE_URL: appUrl,
    DATABASE_AUTH_URL: authUrl,
    NEXTAUTH_SECRET: secret,
    NEXTAUTH_URL: url,
    POSTURIO_URL: url,
    LOG_LEVEL: "warn",
    ...more,
  };
  Object.assign(process.env, environment);
  return environment;
}

/** The built web server, as `npm start` has it. */
export function startWeb(
  environment: Readonly<Record<string, string>>,
  port: number,
  nodeOptions: readonly string[] = [],
): Promise<Program> {
  return run(
    ["--max-old-space-size=256", ...nodeOptions, ...webArguments(false, port)],
    { ...environment, PORT: String(port), HOSTNAME: "127.0.0.1", NEXT_TELEMETRY_DISABLED: "1" },
    /Ready in/,
  );
}

/** The database ends open connections when it stops, and each end is logged as an error. */
export async function closeConnections(): Promise<void> {
  const { closeDatabase } = await import("@/lib/db/system/workers");
  await closeDatabase();
}

async function seed() {
  const { seedDemo } = await import("@/workers/demo/seed-demo");
  const { findUserByEmail } = await import("@/lib/db/system/identity");
  const { tenantForUser } = await import("@/lib/tenancy/require-tenant");
  const organization = "acme";
  const email = "demo@acme.example";
  await seedDemo({
    email,
    password: randomBytes(16).toString("hex"),
    apiToken: `pst_live_${newSecret()}`,
    organization: { slug: organization, name: "Acme" },
  });
  const userId = (await findUserByEmail(email))?.id ?? "";
  const { tenantId } = await tenantForUser(userId, organization, "organization.view");
  return { organization, tenantId, userId };
}

/** A session for the person and tokens for the organization, as signing in and the settings make them. */
export async function signIn(userId: string, tenantId: string): Promise<Pick<Product, "cookie" | "tokens">> {
  const { startSession } = await import("@/lib/auth/start-session");
  const { findUserById } = await import("@/lib/db/system/identity");
  const { cookieName } = await import("@/lib/auth/session-cookie");
  const person = await findUserById(userId);
  const started = person && (await startSession(person, from));
  if (!started) throw new Error("The person could not sign in");
  const token = await encode({ token: { sid: started.sid }, secret });
  return { cookie: `${cookieName("sid")}=${token}`, tokens: await tokensOf(userId, tenantId) };
}

async function tokensOf(userId: string, tenantId: string): Promise<readonly string[]> {
  const { insertToken } = await import("@/lib/db/system/tokens");
  const { tenantFromJob } = await import("@/lib/tenancy/tenant-from-job");
  const { withIdentity } = await import("@/lib/tenancy/with-identity");
  const ctx = await tenantFromJob({ tenantId });
  const tokens = Array.from({ length: 16 }, () => `pst_live_${newSecret()}`);
  await withIdentity(ctx, async (db) => {
    for (const token of tokens) {
      await insertToken(db, {
        tenantId,
        name: "Bench",
        prefix: token.slice(0, 13),
        tokenHash: hashSecret(token),
        scopes: ["read"],
        createdBy: userId,
        expiresAt: new Date(Date.now() + 3_600_000),
      });
    }
  });
  return tokens;
}

/** Waits until each connected account has been judged. */
async function allScanned(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (let tries = 0; tries < 600; tries += 1) {
      const { rows } = await client.query<{ missing: number }>(
        `SELECT count(*) FILTER (WHERE status = 'draft' OR NOT EXISTS (
           SELECT 1 FROM scans s WHERE s.account_id = a.id AND s.finished_at IS NOT NULL))::int AS missing
         FROM accounts a`,
      );
      if (rows[0]?.missing === 0) return;
      await sleep(250);
    }
    throw new Error("The demo's accounts were not scanned within two and a half minutes.");
  } finally {
    await client.end();
  }
}
