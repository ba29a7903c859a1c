import { afterEach, describe, expect, test } from "vitest";
import { assertCatalog, CatalogError, catalogViolations } from "./catalog";
import { testDatabase } from "./testing/database";

const database = testDatabase();

test("the migrated database keeps tenants apart", async () => {
  expect(await catalogViolations(database.appUrl)).toEqual([]);
  await expect(assertCatalog()).resolves.toBeUndefined();
});

test("the product refuses to run as the owner", async () => {
  await expect(assertCatalog(database.ownerUrl)).rejects.toThrow("is the owner or a member of it");
});

test("the product refuses to run as a superuser", async () => {
  const refusal = await assertCatalog(database.superuserUrl).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(CatalogError);
  expect(String(refusal)).toContain("is superuser, BYPASSRLS");
});

test("the product refuses another role where identity is read", async () => {
  await expect(assertCatalog(database.appUrl, database.superuserUrl)).rejects.toThrow(
    "DATABASE_AUTH_URL does not name posturio_auth: postgres",
  );
});

describe("each rule sees its planted fault", () => {
  const canonical = "tenant_id = current_setting('app.tenant_id')::uuid";
  const tenantTable = `CREATE TABLE planted (tenant_id uuid NOT NULL, id uuid NOT NULL, PRIMARY KEY (tenant_id, id));
    ALTER TABLE planted ENABLE ROW LEVEL SECURITY; ALTER TABLE planted FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenant ON planted USING (${canonical}) WITH CHECK (${canonical});`;
  const undoTable = "DROP TABLE IF EXISTS planted CASCADE";
  const partition = `runs_${new Date().toISOString().slice(0, 7).replace("-", "_")}`;
  const policy = (text: string) =>
    `${tenantTable} DROP POLICY tenant ON planted; CREATE POLICY tenant ON planted ${text}`;

  let undo: string[] = [];
  afterEach(async () => {
    for (const statement of undo) {
      await database.sql(statement);
    }
    undo = [];
    expect(await catalogViolations(database.appUrl)).toEqual([]);
  });

  test("a correct new tenant table passes", async () => {
    undo = [undoTable];
    await database.sql(tenantTable);
    expect(await catalogViolations(database.appUrl)).toEqual([]);
  });

  const plants: [rule: string, plant: string, undo: string, as?: "planted_app"][] = [
    ["no tenant_id uuid NOT NULL", "CREATE TABLE planted (id uuid PRIMARY KEY)", undoTable],
    ["no tenant_id uuid NOT NULL", "CREATE TABLE planted (tenant_id text NOT NULL)", undoTable],
    ["no tenant_id uuid NOT NULL", "CREATE TABLE planted (tenant_id uuid)", undoTable],
    [
      "row-level security not enabled and forced",
      `${tenantTable} ALTER TABLE planted NO FORCE ROW LEVEL SECURITY`,
      undoTable,
    ],
    [
      "row-level security not enabled and forced",
      `${tenantTable} ALTER TABLE planted DISABLE ROW LEVEL SECURITY`,
      undoTable,
    ],
    ["no policy", `${tenantTable} DROP POLICY tenant ON planted`, undoTable],
    [
      "policy is not the canonical one: open",
      `${tenantTable} CREATE POLICY open ON planted USING (true)`,
      undoTable,
    ],
    ["policy is not the canonical one: tenant", policy(`USING (${canonical})`), undoTable],
    ["policy is not the canonical one: tenant", policy(`FOR SELECT USING (${canonical})`), undoTable],
    [
      "policy is not the canonical one: tenant",
      policy(`TO posturio_app USING (${canonical}) WITH CHECK (${canonical})`),
      undoTable,
    ],
    [
      "policy is not the canonical one: tenant",
      policy("USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"),
      undoTable,
    ],
    [
      "key or unique index not led by tenant_id",
      `${tenantTable} CREATE UNIQUE INDEX planted_key ON planted (id)`,
      undoTable,
    ],
    [
      "key or unique index not led by tenant_id",
      `${tenantTable} CREATE UNIQUE INDEX planted_key ON planted ((id::text), tenant_id)`,
      undoTable,
    ],
    [
      "foreign key between tenant tables without tenant_id on both sides",
      `${tenantTable} ALTER TABLE planted ADD UNIQUE (id); CREATE TABLE child (tenant_id uuid NOT NULL, planted_id uuid REFERENCES planted (id))`,
      "DROP TABLE child, planted CASCADE",
    ],
    [
      "foreign key from a global table into a tenant table",
      `${tenantTable} ALTER TABLE worker_heartbeats ADD tenant_id uuid, ADD planted_id uuid, ADD FOREIGN KEY (tenant_id, planted_id) REFERENCES planted`,
      "DROP TABLE planted CASCADE; ALTER TABLE worker_heartbeats DROP tenant_id, DROP planted_id",
    ],
    [
      "global table is named here but does not exist",
      "ALTER TABLE rate_limits RENAME TO planted",
      "ALTER TABLE planted RENAME TO rate_limits",
    ],
    [
      "view without security_invoker",
      "CREATE VIEW planted_view AS SELECT * FROM findings",
      "DROP VIEW planted_view",
    ],
    [
      "view without security_invoker",
      "CREATE VIEW bullmq.planted_view AS SELECT * FROM public.findings",
      "DROP VIEW bullmq.planted_view",
    ],
    [
      "not one of the queue's tables",
      "CREATE VIEW bullmq.planted_view WITH (security_invoker = true) AS SELECT * FROM public.findings",
      "DROP VIEW bullmq.planted_view",
    ],
    [
      "not one of the queue's tables",
      "CREATE TABLE bullmq.planted AS SELECT * FROM findings",
      "DROP TABLE bullmq.planted",
    ],
    [
      "the queue is open to posturio_auth",
      "GRANT USAGE ON SCHEMA bullmq TO posturio_auth",
      "REVOKE USAGE ON SCHEMA bullmq FROM posturio_auth",
    ],
    [
      "identity table open to another role than posturio_auth",
      "GRANT SELECT (id) ON users TO posturio_app",
      "REVOKE SELECT (id) ON users FROM posturio_app",
    ],
    [
      "identity table open to another role than posturio_auth",
      "GRANT DELETE ON organizations TO PUBLIC",
      "REVOKE DELETE ON organizations FROM PUBLIC",
    ],
    [
      "identity table open to another role than posturio_auth",
      "GRANT SELECT ON memberships TO posturio_keeper",
      "REVOKE SELECT ON memberships FROM posturio_keeper",
    ],
    [
      "posturio_auth reaches more than identity",
      "GRANT SELECT ON findings TO posturio_auth",
      "REVOKE SELECT ON findings FROM posturio_auth",
    ],
    [
      "posturio_auth reaches more than identity",
      "GRANT SELECT ON audit_log TO posturio_auth",
      "REVOKE SELECT ON audit_log FROM posturio_auth",
    ],
    [
      "posturio_auth reaches more than identity",
      "GRANT UPDATE (ahead_seconds) ON installation_clock TO posturio_auth",
      "REVOKE UPDATE (ahead_seconds) ON installation_clock FROM posturio_auth",
    ],
    [
      "posturio_auth reaches more than identity",
      "GRANT INSERT ON work_items TO posturio_auth",
      "REVOKE INSERT ON work_items FROM posturio_auth",
    ],
    [
      "one of the product's two roles may act as the other",
      "CREATE ROLE planted_app LOGIN PASSWORD 'planted'; GRANT posturio_app, posturio_auth TO planted_app",
      "DROP ROLE planted_app",
      "planted_app",
    ],
    [
      "append-only table is mutable by the product's role",
      "GRANT DELETE ON audit_log TO posturio_auth",
      "REVOKE DELETE ON audit_log FROM posturio_auth",
    ],
    [
      "materialized view readable by the product's role",
      "CREATE MATERIALIZED VIEW planted_view AS SELECT 1 AS one; GRANT SELECT ON planted_view TO posturio_app",
      "DROP MATERIALIZED VIEW planted_view",
    ],
    [
      "SECURITY DEFINER function executable by the product's role",
      "CREATE FUNCTION planted() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
      "DROP FUNCTION planted()",
    ],
    [
      "the product's role is superuser, BYPASSRLS, CREATEROLE, CREATEDB or REPLICATION",
      "CREATE ROLE planted_app LOGIN PASSWORD 'planted' CREATEDB; GRANT posturio_app TO planted_app",
      "DROP ROLE planted_app",
      "planted_app",
    ],
    [
      "the product's role is a member of a role that gets round row-level security",
      "CREATE ROLE planted_role BYPASSRLS; CREATE ROLE planted_app LOGIN PASSWORD 'planted'; GRANT planted_role, posturio_app TO planted_app",
      "DROP ROLE planted_app, planted_role",
      "planted_app",
    ],
    [
      "the product's role is the owner or a member of it",
      "ALTER TABLE counters OWNER TO posturio_app; GRANT SELECT, INSERT, UPDATE ON counters TO posturio_app",
      "ALTER TABLE counters OWNER TO posturio_owner; GRANT SELECT, INSERT, UPDATE ON counters TO posturio_app",
    ],
    [
      "the product's role may TRUNCATE, REFERENCES or TRIGGER",
      "GRANT TRUNCATE ON counters TO posturio_app",
      "REVOKE TRUNCATE ON counters FROM posturio_app",
    ],
    [
      "the product's role may TRUNCATE, REFERENCES or TRIGGER",
      "GRANT REFERENCES (id) ON users TO posturio_app",
      "REVOKE REFERENCES (id) ON users FROM posturio_app",
    ],
    [
      "append-only table is mutable by the product's role",
      "GRANT DELETE ON audit_log TO posturio_app",
      "REVOKE DELETE ON audit_log FROM posturio_app",
    ],
    [
      "append-only table is mutable by the product's role",
      "GRANT UPDATE (calls) ON runs TO posturio_app",
      "REVOKE UPDATE (calls) ON runs FROM posturio_app",
    ],
    [
      "table kept for ever is deletable by the product's role",
      "GRANT DELETE ON findings TO posturio_app",
      "REVOKE DELETE ON findings FROM posturio_app",
    ],
    [
      "table kept for ever is deletable by the product's role",
      "ALTER TABLE accounts DISABLE TRIGGER keep_connected_account",
      "ALTER TABLE accounts ENABLE TRIGGER keep_connected_account",
    ],
    [
      "named as append-only or kept for ever but does not exist",
      "ALTER TABLE runs RENAME TO planted",
      "ALTER TABLE planted RENAME TO runs",
    ],
    [
      "partition open to the product's role",
      `GRANT SELECT ON ${partition} TO posturio_app`,
      `REVOKE SELECT ON ${partition} FROM posturio_app`,
    ],
    [
      "row-level security not enabled and forced",
      `ALTER TABLE ${partition} NO FORCE ROW LEVEL SECURITY`,
      `ALTER TABLE ${partition} FORCE ROW LEVEL SECURITY`,
    ],
    [
      "history that the keeper does not own",
      `ALTER TABLE ${partition} OWNER TO posturio_owner`,
      `ALTER TABLE ${partition} OWNER TO posturio_keeper`,
    ],
    [
      "the keeper owns more than history",
      "ALTER TABLE counters OWNER TO posturio_keeper",
      "ALTER TABLE counters OWNER TO posturio_owner",
    ],
    [
      "foreign key points at history",
      "ALTER TABLE run_progress ADD CONSTRAINT planted FOREIGN KEY (tenant_id, month, subject_id, fence) REFERENCES runs",
      "ALTER TABLE run_progress DROP CONSTRAINT planted",
    ],
    [
      "ledger of migrations is open to the product's role",
      "GRANT SELECT ON _prisma_migrations TO posturio_app",
      "REVOKE SELECT ON _prisma_migrations FROM posturio_app",
    ],
    [
      "table outside public and bullmq open to the product's role",
      "CREATE SCHEMA planted; CREATE TABLE planted.t (a int); GRANT USAGE ON SCHEMA planted TO PUBLIC; GRANT SELECT ON planted.t TO PUBLIC",
      "DROP SCHEMA planted CASCADE",
    ],
    [
      "the product's role may create in the schema",
      "GRANT CREATE ON SCHEMA public TO posturio_app",
      "REVOKE CREATE ON SCHEMA public FROM posturio_app",
    ],
    [
      "the product's role may create schemas in the database",
      "DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO posturio_app', current_database()); END $$",
      "DO $$ BEGIN EXECUTE format('REVOKE CREATE ON DATABASE %I FROM posturio_app', current_database()); END $$",
    ],
  ];

  test.each(plants)("%s", async (rule, plant, undoPlant, as) => {
    undo = [undoPlant];
    await database.sql(plant);
    // A role belongs to the whole server, where other test files run: its faults are planted on one of its own.
    const url =
      as === undefined ? database.appUrl : database.appUrl.replace(/\/\/[^@]+@/, `//${as}:planted@`);
    const found = await catalogViolations(url);
    expect(found.map(({ violation }) => violation)).toContain(rule);
    await expect(assertCatalog(url)).rejects.toThrow(CatalogError);
  });

  test("no rule is without a planted fault", async () => {
    const { readFile } = await import("node:fs/promises");
    const sql = await readFile("prisma/catalog_test.sql", "utf8");
    const rules = [...sql.matchAll(/SELECT '((?:[^']|'')+)'(?: \|\||,| AS violation)/g)].map(
      ([, text = ""]) => text.replaceAll("''", "'"),
    );
    expect(rules.length).toBeGreaterThan(20);
    const planted = plants.map(([rule]) => rule);
    expect(rules.filter((rule) => !planted.some((own) => own.startsWith(rule)))).toEqual([]);
  });
});
