import { describe, expect, it } from "vitest";
import { countWorkingTokensBy, revokeTokensBy } from "@/lib/db/system/tokens";
import { testDatabase } from "@/lib/db/testing/database";
import { heldInserts } from "@/lib/db/testing/held-inserts";
import { may } from "@/lib/tenancy/authorize";
import { type Permission, permissions, type TokenScope, tokenScopes } from "@/lib/tenancy/permissions";
import { requireTenantFromToken } from "@/lib/tenancy/require-tenant";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withIdentity } from "@/lib/tenancy/with-identity";
import { createToken, listTokens, mostTokens, revokeToken } from "./tokens";

const database = testDatabase();
const bearer = (token: string) => `Bearer ${token}`;

function subsets<T>(values: readonly T[]): T[][] {
  const sets: T[][] = [[]];
  for (const value of values) sets.push(...sets.map((set) => [...set, value]));
  return sets;
}

describe("a token", () => {
  it("opens its own organization, is stored as a hash and shows its prefix", async () => {
    const admin = await database.makeOrganization("Acme");
    const { token, prefix } = await createToken(admin, { name: "CI", scopes: ["read"], days: 1 });
    expect(token).toMatch(/^pst_live_[\w-]{43}$/);
    expect(token.startsWith(prefix)).toBe(true);
    expect(JSON.stringify(await database.sql("SELECT * FROM api_tokens"))).not.toContain(token);
    const ctx = await requireTenantFromToken(bearer(token), "organization.view");
    expect(ctx.tenantId).toBe(admin.tenantId);
    const [row] = await listTokens(admin);
    expect(row).toMatchObject({ name: "CI", prefix, state: "active" });
    expect(row?.lastUsedAt).not.toBeNull();
  });

  it("is refused when revoked, expired, unknown, malformed or absent, always in the same words", async () => {
    const admin = await database.makeOrganization("Refused");
    const revoked = await createToken(admin, { name: "a", scopes: ["read"], days: 1 });
    await revokeToken(admin, { tokenId: revoked.id });
    const expired = await createToken(
      admin,
      { name: "b", scopes: ["read"], days: 1 },
      new Date(Date.now() - 86_401_000),
    );
    const headers = [
      bearer(revoked.token),
      bearer(expired.token),
      `Bearer pst_live_${"x".repeat(43)}`,
      "Bearer",
      "Basic x",
      null,
    ];
    const answers = await Promise.all(
      headers.map((header) =>
        requireTenantFromToken(header, "organization.view").catch(
          (error) => `${error.code} ${error.message}`,
        ),
      ),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^unauthenticated/);
  });

  it.each(tokenScopes.values)(
    "with the scope %s alone may do what the table says and nothing else",
    async (scope) => {
      const admin = await database.makeOrganization(`Scope ${scope}`);
      const { token } = await createToken(admin, { name: scope, scopes: [scope], days: 1 });
      for (const [permission, rule] of Object.entries(permissions)) {
        const attempt = requireTenantFromToken(bearer(token), permission as Permission).then(
          () => "allowed",
          (error) => error.code,
        );
        expect([permission, await attempt]).toEqual([
          permission,
          rule.scope === scope ? "allowed" : "forbidden",
        ]);
      }
    },
  );

  it("with any scopes may do what one of them names, and nothing else", async () => {
    const every = Object.entries(permissions) as [Permission, { scope: string | null }][];
    const sets = subsets(tokenScopes.values).filter(({ length }) => length > 0);
    expect(sets).toHaveLength(2 ** tokenScopes.values.length - 1);
    for (const scopes of sets) {
      const admin = await database.makeOrganization("Set of scopes");
      const { token } = await createToken(admin, { name: "set", scopes, days: 1 });
      const named = every.filter(([, { scope }]) => scopes.some((own) => own === scope));
      const ctx = await requireTenantFromToken(bearer(token), named[0]?.[0] ?? "organization.view");
      const allowed = every.filter(([permission]) => may(ctx, permission));
      expect([scopes, allowed]).toEqual([scopes, named]);
    }
  });

  it("lives at most a year, has at least one known scope, and is made by admins alone", async () => {
    const admin = await database.makeOrganization("Limits");
    const make = (input: { scopes: TokenScope[]; days: number }) =>
      createToken(admin, { name: "x", ...input });
    for (const days of [0, 366, 1.5, Number.NaN]) {
      await expect(make({ scopes: ["read"], days })).rejects.toMatchObject({ code: "invalid_input" });
    }
    await expect(make({ scopes: [], days: 1 })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(make({ scopes: ["everything" as TokenScope], days: 1 })).rejects.toMatchObject({
      code: "invalid_input",
    });
    for (const role of ["lead", "member", "auditor"] as const) {
      const ctx = await database.makeMember(admin, role);
      await expect(createToken(ctx, { name: "x", scopes: ["read"], days: 1 })).rejects.toMatchObject({
        code: "forbidden",
      });
      await expect(listTokens(ctx)).rejects.toMatchObject({ code: "forbidden" });
    }
  });

  it(`is one of at most ${mostTokens} that work, also when several are made at the same moment`, async () => {
    const admin = await database.makeOrganization("Many tokens");
    await database.sql(
      `INSERT INTO api_tokens (tenant_id, name, prefix, token_hash, scopes, created_by, expires_at)
       SELECT $1::uuid, 'bulk', 'pst_live_bulk', $1::uuid::text || n, '{read}', $1::uuid, now() + interval '1 day'
       FROM generate_series(1, $2::int) n`,
      [admin.tenantId, mostTokens - 1],
    );
    const make = () => createToken(admin, { name: "one more", scopes: ["read"], days: 1 });
    const results = await heldInserts(database, "api_tokens", 3, () => [make(), make(), make()]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
    await expect(make()).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/^50 tokens of this organization work, which is the limit.*Revoke one/),
    });
    const [first] = await listTokens(admin);
    await revokeToken(admin, { tokenId: first?.id ?? "" });
    await expect(make()).resolves.toBeDefined();
  });

  it("takes no room when it has expired or is another organization's, and is not counted for its creator then", async () => {
    const admin = await database.makeOrganization("Expired tokens");
    const other = await database.makeOrganization("Other tokens");
    const bulk = (ctx: TenantContext) =>
      database.sql(
        `INSERT INTO api_tokens (tenant_id, name, prefix, token_hash, scopes, created_by, expires_at)
         SELECT $1::uuid, 'bulk', 'pst_live_bulk', $1::uuid::text || n, '{read}', $2::uuid, now() + interval '1 day'
         FROM generate_series(1, $3::int) n`,
        [ctx.tenantId, ctx.principal.type === "user" ? ctx.principal.userId : "", mostTokens],
      );
    await Promise.all([bulk(admin), bulk(other)]);
    await database.sql(
      "UPDATE api_tokens SET expires_at = now() - interval '1 second' WHERE tenant_id = $1",
      [admin.tenantId],
    );
    await createToken(admin, { name: "room", scopes: ["read"], days: 1 });
    const creator = admin.principal.type === "user" ? admin.principal.userId : "";
    expect(await withIdentity(admin, (db) => countWorkingTokensBy(db, creator, new Date()))).toBe(1);
  });

  it("is ended with its creator in the organization that says so alone", async () => {
    const one = await database.makeOrganization("One");
    const other = await database.makeOrganization("Other");
    const creator = one.principal.type === "user" ? one.principal.userId : "";
    const { id } = await createToken(other, { name: "kept", scopes: ["read"], days: 1 });
    await database.sql("UPDATE api_tokens SET created_by = $2 WHERE id = $1", [id, creator]);
    expect(
      await withIdentity(one, (db) => revokeTokensBy(db, one.tenantId, creator, [id], new Date())),
    ).toEqual([]);
    expect((await listTokens(other)).map(({ state }) => state)).toEqual(["active"]);
  });

  it("of another organization can be neither seen nor revoked", async () => {
    const a = await database.makeOrganization("A");
    const b = await database.makeOrganization("B");
    const { id, token } = await createToken(b, { name: "of b", scopes: ["read"], days: 1 });
    expect(await listTokens(a)).toEqual([]);
    for (const tokenId of [id, "00000000-0000-4000-8000-000000000000"]) {
      await expect(revokeToken(a, { tokenId })).rejects.toMatchObject({ code: "not_found" });
    }
    expect((await requireTenantFromToken(bearer(token), "organization.view")).slug).toBe(b.slug);
  });
});
