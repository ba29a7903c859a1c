import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { catalogViolations } from "@/lib/db/catalog";
import { fixture, insert, type Row, tenantTables } from "@/lib/db/testing/rows";
import { withClient } from "@/lib/db/with-client";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded";
import { migrate } from "./migrate";
import { dumpPrograms } from "./testing/dump-programs";

// docs/operations/backup.md, done for real with PostgreSQL's own programs, from one server to another.

const programs = dumpPrograms();
const isCi = Boolean(process.env.CI);

if (programs === null) {
  process.stdout.write("pg_dump is not installed: backup and restore were NOT checked\n");
}

test.runIf(programs === null && isCi)("CI has pg_dump and a server of its version", () => {
  throw new Error("pg_dump, or a PostgreSQL of its version, is missing: .ci/run installs them");
});

let folder = "";
const servers: EmbeddedPostgres[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "posturio-restore-"));
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  rmSync(folder, { recursive: true, force: true });
});

async function startServer(name: string): Promise<EmbeddedPostgres> {
  const native = programs?.server ?? "";
  const server = await startEmbeddedPostgres({ dataDir: join(folder, name), temporary: true, native });
  servers.push(server);
  return server;
}

/** The addresses of the migrate step. */
const addressesOf = ({ superuserUrl, ownerUrl, appUrl, authUrl, keeperUrl }: EmbeddedPostgres) => ({
  adminUrl: superuserUrl,
  ownerUrl,
  appUrl,
  authUrl,
  keeperUrl,
});

/** A superuser in the product's database. */
const inside = ({ superuserUrl }: EmbeddedPostgres) =>
  Object.assign(new URL(superuserUrl), { pathname: "/posturio" }).href;

/** Two organizations with a row in every table that belongs to one, and two people. */
async function fill(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const tables = await tenantTables(client);
    expect(tables.length).toBeGreaterThan(15);
    for (const slug of ["acme", "beta"]) {
      const tenantId = randomUUID();
      await client.query("INSERT INTO organizations (id, slug, name) VALUES ($1, $2, $2)", [tenantId, slug]);
      const { rows } = await client.query<{ id: string }>(
        "INSERT INTO users (email, name, password_hash) VALUES ($1, $1, 'none') RETURNING id",
        [`${slug}@example.test`],
      );
      await client.query("INSERT INTO memberships (tenant_id, user_id, role) VALUES ($1, $2, 'admin')", [
        tenantId,
        rows[0]?.id,
      ]);
      const parents = new Map<string, Row>([["memberships", { tenant_id: tenantId, user_id: rows[0]?.id }]]);
      for (const table of tables) {
        const row = fixture(table, tenantId, parents);
        await insert(client, table, row);
        parents.set(table.name, row);
      }
    }
  });
}

interface Contents {
  readonly rows: number;
  readonly digest: string | null;
}

/** Rows and a digest of every table, partitions one by one. */
async function contents(url: string): Promise<Map<string, Contents>> {
  return withClient(url, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(`
      SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname IN ('public', 'bullmq') AND c.relkind = 'r' ORDER BY 1`);
    const found = new Map<string, Contents>();
    for (const { name } of tables) {
      const { rows } = await client.query<Contents>(
        `SELECT count(*)::int AS rows, md5(string_agg(t::text, '|' ORDER BY t::text)) AS digest FROM ${name} t`,
      );
      if (rows[0] !== undefined) found.set(name, rows[0]);
    }
    return found;
  });
}

function run(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
}

test.runIf(programs !== null)(
  "a backup restored on a new server has every row, keeps organizations apart, and is up to date",
  async () => {
    const from = await startServer("from");
    await migrate(addressesOf(from));
    await fill(inside(from));
    const before = await contents(inside(from));
    const dump = join(folder, "posturio.dump");
    run(programs?.dump ?? "", ["--format=custom", `--file=${dump}`, inside(from)]);

    const to = await startServer("to");
    expect(await migrate({ ...addressesOf(to), rolesOnly: true })).toEqual([]);
    run(programs?.restore ?? "", ["--create", "--exit-on-error", `--dbname=${to.superuserUrl}`, dump]);

    const after = await contents(inside(to));
    expect(Object.fromEntries(after)).toEqual(Object.fromEntries(before));
    const total = [...after.values()].reduce((sum, { rows }) => sum + rows, 0);
    expect(total).toBeGreaterThan(50);
    expect(await migrate(addressesOf(to))).toEqual([]);
    expect(await catalogViolations(to.appUrl)).toEqual([]);
    expect(Object.fromEntries(await contents(inside(to)))).toEqual(Object.fromEntries(before));
    // With the new server's own password, and the limits of the role.
    const limits = await withClient(
      to.appUrl,
      async (client) => (await client.query("SHOW statement_timeout")).rows,
    );
    expect(limits).toEqual([{ statement_timeout: "15s" }]);
  },
);
