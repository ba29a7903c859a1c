import { describe, expect, test } from "vitest";
import { audit } from "@/lib/tenancy/audit";
import { enterOrganization, identityTransaction, withIdentity } from "@/lib/tenancy/with-identity";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { testDatabase } from "./testing/database";
import { withClient } from "./with-client";

const database = testDatabase();
const denied = { code: "42501" };

const identity = [
  "api_tokens",
  "invites",
  "known_browsers",
  "memberships",
  "organizations",
  "password_resets",
  "rate_limits",
  "sessions",
  "users",
];

const everyTable = (
  await database.sql<{ name: string; column: string }>(`
    SELECT c.relname AS name, (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = 1) AS column
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY 1`)
).filter(({ name }) => !/_\d{4}_\d\d$/.test(name));

/** SQLSTATE of the statement as the role of the URL, or the rows it touched; nothing stays. */
async function tryAs(url: string, tenantId: string, sql: string): Promise<string | number> {
  return withClient(url, async (client) => {
    await client.query("BEGIN");
    await client.query("SELECT set_config('app.tenant_id', $1, true)", [tenantId]);
    try {
      return (await client.query(sql)).rowCount ?? 0;
    } catch (error) {
      return String((error as { code?: string }).code);
    }
  });
}

const statements = (name: string, column: string) => [
  `SELECT 1 FROM "${name}"`,
  `INSERT INTO "${name}" DEFAULT VALUES`,
  `UPDATE "${name}" SET "${column}" = "${column}"`,
  `DELETE FROM "${name}"`,
];

test("the product's role reads and writes no table of identity, under an organization either", async () => {
  const acme = await database.makeOrganization("Acme");
  expect(everyTable.filter(({ name }) => identity.includes(name)).map(({ name }) => name)).toEqual(identity);
  for (const { name, column } of everyTable.filter((table) => identity.includes(table.name))) {
    for (const sql of statements(name, column)) {
      expect(await tryAs(database.appUrl, acme.tenantId, sql), sql).toBe("42501");
      expect(await tryAs(database.keeperUrl, acme.tenantId, sql), sql).toBe("42501");
    }
  }
});

test("the role of identity reads and writes no other table, but adds to the audit log and reads the clock", async () => {
  const acme = await database.makeOrganization("Acme");
  const others = everyTable.filter(({ name }) => !identity.includes(name));
  expect(others.length).toBeGreaterThan(20);
  const done = new Set<string>();
  for (const { name, column } of others) {
    for (const sql of statements(name, column)) {
      if ((await tryAs(database.authUrl, acme.tenantId, sql)) !== "42501") done.add(sql);
    }
  }
  // DEFAULT VALUES names no organization: the policy or the column refuses the row, not the grant.
  expect([...done]).toEqual(['SELECT 1 FROM "installation_clock"']);
  const line = `INSERT INTO audit_log (tenant_id, actor, action, object) VALUES ('${acme.tenantId}', 'system', 'a.b', 'c')`;
  expect(await tryAs(database.authUrl, acme.tenantId, line)).toBe(1);
});

test("the role of identity writes no line into another organization's log, and none without an organization", async () => {
  const acme = await database.makeOrganization("Acme");
  const beta = await database.makeOrganization("Beta");
  const line = `INSERT INTO audit_log (tenant_id, actor, action, object) VALUES ('${acme.tenantId}', 'system', 'a.b', 'c')`;
  expect(await tryAs(database.authUrl, beta.tenantId, line)).toBe(denied.code);
  await withClient(database.authUrl, async (client) => {
    await expect(client.query(line)).rejects.toMatchObject({ code: "42704" });
  });
});

describe("withIdentity", () => {
  const lines = (tenantId: string) =>
    database.sql<{ action: string }>("SELECT action FROM audit_log WHERE tenant_id = $1 ORDER BY at", [
      tenantId,
    ]);
  const rename = (name: string, fails: boolean) => async () => {
    const acme = await database.makeOrganization("Acme");
    const renamed = withIdentity(acme, async (db) => {
      await db.organization.update({ where: { id: acme.tenantId }, data: { name }, select: { id: true } });
      await audit(db, acme, "organization.renamed", `organization:${acme.tenantId}`);
      if (fails) throw new Error("planned");
    });
    await (fails ? expect(renamed).rejects.toThrow("planned") : renamed);
    const rows = await database.sql<{ name: string }>("SELECT name FROM organizations WHERE id = $1", [
      acme.tenantId,
    ]);
    return { name: rows[0]?.name, lines: (await lines(acme.tenantId)).length };
  };

  test("writes identity and the line of the log together, or neither", async () => {
    expect(await rename("Acme Two", false)()).toEqual({ name: "Acme Two", lines: 1 });
    expect(await rename("Acme Three", true)()).toEqual({ name: "Acme", lines: 0 });
  });

  test("opens neither inside itself nor inside the door to tenant data", async () => {
    const acme = await database.makeOrganization("Acme");
    const inner = () => withIdentity(acme, async () => 1);
    await expect(withIdentity(acme, inner)).rejects.toThrow("does not nest");
    await expect(withTenant(acme, inner)).rejects.toThrow("does not nest");
    await expect(withIdentity(acme, () => withTenant(acme, async () => 1))).rejects.toThrow("does not nest");
  });

  test("leaves no organization behind on the pooled connection, and takes no forged context", async () => {
    const acme = await database.makeOrganization("Acme");
    await withIdentity(acme, async () => 1);
    for (let i = 0; i < 12; i++) {
      const rows = await database.identity.$queryRaw<{ id: string | null }[]>`
        SELECT current_setting('app.tenant_id', true) AS id`;
      expect(rows[0]?.id ?? "").toBe("");
    }
    const forged = { ...acme } as typeof acme;
    await expect(withIdentity(forged, async () => 1)).rejects.toThrow("needs a tenant context");
  });

  test("walks from one organization to the next in one transaction", async () => {
    const acme = await database.makeOrganization("Acme");
    const beta = await database.makeOrganization("Beta");
    const walk = (fails: boolean) =>
      identityTransaction(async (db) => {
        for (const ctx of [acme, beta]) {
          await audit(await enterOrganization(db, ctx), ctx, "member.left", "user:x");
        }
        if (fails) throw new Error("planned");
      });
    await expect(walk(true)).rejects.toThrow("planned");
    expect([await lines(acme.tenantId), await lines(beta.tenantId)]).toEqual([[], []]);
    await walk(false);
    expect([await lines(acme.tenantId), await lines(beta.tenantId)].map(({ length }) => length)).toEqual([
      1, 1,
    ]);
  });
});
