import { NextRequest } from "next/server";
import { describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/db/testing/database";
import { problemSchema } from "@/lib/http/problem";
import { type TokenScope, tokenScopes } from "@/lib/tenancy/permissions";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { createToken } from "@/lib/tokens/tokens";
import * as accountRoute from "./accounts/[id]/route";
import * as accountsRoute from "./accounts/route";
import * as findingRoute from "./findings/[key]/route";
import * as findingsRoute from "./findings/route";
import * as membersRoute from "./members/route";
import type { ApiHandler } from "./operation";
import * as scanRoute from "./scans/[number]/route";
import * as scansRoute from "./scans/route";

process.env.POSTURIO_PRINCIPAL_ARN_AWS = "arn:aws:iam::999988887777:role/PosturioScanner";
const database = testDatabase();
const allScopes: TokenScope[] = [...tokenScopes.values];
const unknown = "00000000-0000-4000-8000-000000000000";

async function tokenFor(ctx: TenantContext, scopes = allScopes) {
  return (await createToken(ctx, { name: "test", scopes, days: 1 })).token;
}

async function call(
  handler: ApiHandler,
  options: {
    token?: string;
    params?: Record<string, string>;
    query?: string;
    body?: unknown;
    headers?: Record<string, string>;
  },
) {
  const request = new NextRequest(`http://localhost:3000/api/v1/x${options.query ?? ""}`, {
    method: handler.operation.method,
    headers: {
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
      ...(options.body === undefined ? {} : { "content-type": "application/json" }),
      ...options.headers,
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const response = await handler(request, { params: Promise.resolve(options.params ?? {}) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: text === "" ? null : JSON.parse(text) };
}

const newAccount = (name: string) => ({ name, awsAccountId: "111122223333", environment: "production" });

describe("API v1", () => {
  it("takes a bearer token alone, without an Origin, and answers problems", async () => {
    const refused = await call(accountsRoute.GET, {});
    expect(refused.status).toBe(401);
    expect(refused.headers.get("content-type")).toBe("application/problem+json");
    expect(refused.headers.get("www-authenticate")).toContain("Bearer");
    expect(problemSchema.parse(refused.json).code).toBe("unauthenticated");
    const token = await tokenFor(await database.makeOrganization("Alone"));
    const allowed = await call(accountsRoute.GET, { token });
    expect(allowed).toMatchObject({ status: 200, json: { data: [], nextCursor: null } });
    expect(allowed.headers.get("cache-control")).toBe("no-store");
  });

  it("connects an account, pages through the list and changes it", async () => {
    const token = await tokenFor(await database.makeOrganization("Accounts"));
    const ids: string[] = [];
    for (const [index, name] of ["One", "Two", "Three"].entries()) {
      const body = { ...newAccount(name), awsAccountId: `11112222333${index}` };
      const made = await call(accountsRoute.POST, { token, body });
      expect(made).toMatchObject({ status: 201, json: { account: { name, status: "draft" } } });
      expect(made.json.externalId).toMatch(/^pst_[0-9a-f]{32}$/);
      ids.push(made.json.account.id);
    }
    const seen: string[] = [];
    let query = "?limit=2";
    for (;;) {
      const page = await call(accountsRoute.GET, { token, query });
      seen.push(...page.json.data.map((row: { id: string }) => row.id));
      if (page.json.nextCursor === null) break;
      query = `?limit=2&cursor=${page.json.nextCursor}`;
    }
    expect(seen.sort()).toEqual(ids.sort());
    const id = ids[0] ?? "";
    const changed = await call(accountRoute.PATCH, { token, params: { id }, body: { name: "Renamed" } });
    expect(changed).toMatchObject({ status: 200, json: { name: "Renamed" } });
    expect((await call(accountRoute.GET, { token, params: { id } })).json.name).toBe("Renamed");
  });

  it("lists members by id, name and role, page by page, and tells nobody's address", async () => {
    const ctx = await database.makeOrganization("People");
    for (const role of ["lead", "member", "auditor"] as const) await database.makeMember(ctx, role);
    await database.makeMember(await database.makeOrganization("Others"), "lead");
    const token = await tokenFor(ctx);
    const seen: { role: string }[] = [];
    let query = "?limit=3";
    for (;;) {
      const page = await call(membersRoute.GET, { token, query });
      expect(page.status).toBe(200);
      expect(JSON.stringify(page.json)).not.toContain("@");
      seen.push(...page.json.data);
      if (page.json.nextCursor === null) break;
      query = `?limit=3&cursor=${page.json.nextCursor}`;
    }
    expect(seen.map(({ role }) => role).sort()).toEqual(["admin", "auditor", "lead", "member"]);
    expect(Object.keys(seen[0] ?? {}).sort()).toEqual(["id", "name", "role"]);
    const scanner = await tokenFor(ctx, ["scan"]);
    expect((await call(membersRoute.GET, { token: scanner })).status).toBe(403);
    expect((await call(membersRoute.GET, { token, query: "?cursor=x" })).status).toBe(422);
  });

  it("does not let one client overwrite another's change of an account", async () => {
    const token = await tokenFor(await database.makeOrganization("Versions"));
    const made = await call(accountsRoute.POST, { token, body: newAccount("One") });
    const { id, version } = made.json.account as { id: string; version: number };
    const patch = (body: object) => call(accountRoute.PATCH, { token, params: { id }, body });
    const first = await patch({ name: "First", version });
    expect(first).toMatchObject({ status: 200, json: { name: "First", version: version + 1 } });
    const late = await patch({ name: "Second", environment: "staging", version });
    expect(late).toMatchObject({
      status: 409,
      json: {
        code: "version_conflict",
        current: { name: "First", environment: "production", version: version + 1 },
      },
    });
    expect(problemSchema.parse(late.json)).toEqual(late.json);
    expect((await call(accountRoute.GET, { token, params: { id } })).json).toMatchObject({
      name: "First",
      environment: "production",
    });
    expect((await patch({ name: "Second", version: version + 1 })).json.name).toBe("Second");
    expect((await patch({ name: "Third" })).json).toMatchObject({ name: "Third", version: version + 3 });
    expect((await patch({ version })).status).toBe(409);
  });

  it("takes what the forms take: dashes in an account id, and no schedule at all", async () => {
    const token = await tokenFor(await database.makeOrganization("Same input"));
    const body = { ...newAccount("One"), awsAccountId: " 1111-2222-3333 " };
    const made = await call(accountsRoute.POST, { token, body });
    expect(made).toMatchObject({ status: 201, json: { account: { awsAccountId: "111122223333" } } });
    const wrong = await call(accountsRoute.POST, { token, body: { ...body, awsAccountId: "1111-2222" } });
    expect(wrong).toMatchObject({
      status: 422,
      json: {
        errors: [
          {
            field: "awsAccountId",
            message: "An AWS account id has exactly 12 digits, such as 111122223333.",
          },
        ],
      },
    });
    const { id } = made.json.account as { id: string };
    await database.sql("UPDATE accounts SET status = 'connected', role_arn = 'x' WHERE id = $1::uuid", [id]);
    const patch = (change: object) => call(accountRoute.PATCH, { token, params: { id }, body: change });
    expect((await patch({ everyMinutes: 360 })).json).toMatchObject({ everyMinutes: 360 });
    expect(await patch({ everyMinutes: 5 })).toMatchObject({
      status: 422,
      json: { errors: [{ message: "A schedule scans an account at most once an hour." }] },
    });
    expect((await patch({ everyMinutes: "360" })).status).toBe(422);
    expect((await patch({ everyMinutes: null })).json).toMatchObject({ everyMinutes: null });
  });

  it("takes only words of the fixed sets", async () => {
    const token = await tokenFor(await database.makeOrganization("Words"));
    const wrong = await call(accountsRoute.POST, {
      token,
      body: { ...newAccount("X"), environment: "moon" },
    });
    expect(wrong).toMatchObject({ status: 422, json: { errors: [{ field: "environment" }] } });
    for (const query of ["?status=fixed", "?observation=ok", "?severity=high"]) {
      expect([query, (await call(findingsRoute.GET, { token, query })).status]).toEqual([query, 422]);
    }
  });

  it("refuses unknown fields, broken JSON types, cursors and pages that are too large", async () => {
    const token = await tokenFor(await database.makeOrganization("Strict"));
    const extra = await call(accountsRoute.POST, { token, body: { ...newAccount("X"), tenantId: unknown } });
    expect(extra).toMatchObject({ status: 422, json: { errors: [{ field: "tenantId" }] } });
    for (const query of [
      "?limit=201",
      "?limit=0",
      "?cursor=%00",
      "?cursor=abc",
      "?unknown=1",
      "?limit=1&limit=2",
    ]) {
      expect([query, (await call(accountsRoute.GET, { token, query })).status]).toEqual([query, 422]);
    }
    const words = await call(accountsRoute.GET, { token, query: "?limit=many" });
    expect(words.json.errors).toEqual([{ field: "limit", message: "A page has 1 to 200 rows." }]);
    const form = await call(accountsRoute.POST, {
      token,
      body: newAccount("X"),
      headers: { "content-type": "text/plain" },
    });
    expect(form.status).toBe(422);
  });

  it("asks each operation for its scope", async () => {
    const token = await tokenFor(await database.makeOrganization("Scopes"), ["read"]);
    expect((await call(accountsRoute.POST, { token, body: newAccount("X") })).status).toBe(403);
    expect((await call(scansRoute.POST, { token, body: { accountId: unknown } })).status).toBe(403);
    expect((await call(findingsRoute.GET, { token })).status).toBe(200);
  });

  it("counts what a token may not do toward its limit", async () => {
    const ctx = await database.makeOrganization("Beyond its scopes");
    const token = await tokenFor(ctx, ["read"]);
    expect((await call(accountsRoute.POST, { token, body: newAccount("X") })).status).toBe(403);
    const counted = await database.sql(
      "UPDATE rate_limits SET count = 600 WHERE count = 1 AND window_start > now() - interval '1 minute' RETURNING 1",
    );
    expect(counted.length).toBeGreaterThan(0);
    const refused = await call(accountsRoute.POST, { token, body: newAccount("X") });
    expect([refused.status, refused.json.code]).toEqual([429, "rate_limited"]);
    expect((await call(accountsRoute.GET, { token })).status).toBe(429);
  });

  it("deletes a connection that was never proven, and disconnects what was", async () => {
    const ctx = await database.makeOrganization("Deletes");
    const token = await tokenFor(ctx);
    const made = await call(accountsRoute.POST, { token, body: newAccount("Draft") });
    const params = { id: made.json.account.id as string };
    expect((await call(accountRoute.DELETE, { token, params })).status).toBe(204);
    expect((await call(accountRoute.GET, { token, params })).status).toBe(404);
  });

  it("refuses a name that turns around what stands beside it", async () => {
    const token = await tokenFor(await database.makeOrganization("Names"));
    const refused = await call(accountsRoute.POST, { token, body: newAccount("prod\u202Egpj") });
    expect([refused.status, refused.json.errors[0].field]).toEqual([422, "name"]);
  });

  it("refuses a NUL and a cursor that holds too much, without asking the database", async () => {
    const token = await tokenFor(await database.makeOrganization("Nul"));
    const large = Buffer.from(JSON.stringify([99_999_999_999])).toString("base64url");
    for (const query of ["?q=%00", "?checkId=%00", "?q=a%00b", `?cursor=${large}`]) {
      expect([query, (await call(findingsRoute.GET, { token, query })).status]).toEqual([query, 422]);
    }
    expect((await call(scansRoute.GET, { token, query: `?cursor=${large}` })).status).toBe(422);
    const params = { number: "99999999999" };
    expect((await call(scanRoute.GET, { token, params })).status).toBe(422);
    expect(await call(accountsRoute.POST, { token, body: newAccount("a\0b") })).toMatchObject({
      status: 422,
      json: { errors: [{ field: "name" }] },
    });
  });

  it("gives one answer for what does not exist and what another organization has", async () => {
    const a = await tokenFor(await database.makeOrganization("A"));
    const b = await tokenFor(await database.makeOrganization("B"));
    const made = await call(accountsRoute.POST, { token: b, body: newAccount("Secret name of B") });
    const id = made.json.account.id as string;
    const answers = async (accountId: string) => [
      await call(accountRoute.GET, { token: a, params: { id: accountId } }),
      await call(accountRoute.PATCH, { token: a, params: { id: accountId }, body: { name: "Mine" } }),
      await call(accountRoute.DELETE, { token: a, params: { id: accountId } }),
      await call(scansRoute.POST, { token: a, body: { accountId } }),
    ];
    const plain = (list: Awaited<ReturnType<typeof answers>>) =>
      list.map(({ status, json }) => ({ status, ...json, requestId: undefined }));
    expect(plain(await answers(id))).toEqual(plain(await answers(unknown)));
    expect((await answers(id)).map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(JSON.stringify((await call(accountsRoute.GET, { token: a })).json)).not.toContain("Secret name");
    expect((await call(accountRoute.GET, { token: b, params: { id } })).json.name).toBe("Secret name of B");
    for (const [handler, params] of [
      [scanRoute.GET, { number: "1" }],
      [findingRoute.GET, { key: "PST-1" }],
      [findingRoute.PATCH, { key: "PST-1" }],
    ] as const) {
      const body = handler.operation.method === "PATCH" ? { status: "resolved" } : undefined;
      expect((await call(handler, { token: a, params, body })).status).toBe(404);
    }
  });

  it("lets nobody set Resolved, and remembers who tried", async () => {
    const ctx = await database.makeOrganization("Resolved");
    const token = await tokenFor(ctx);
    const made = await call(accountsRoute.POST, { token, body: newAccount("X") });
    await database.sql(
      `INSERT INTO findings (tenant_id, id, account_id, check_id, number, status, observation, observation_since)
       VALUES ($1, gen_random_uuid(), $2, 'cloudtrail.not_multi_region', 142, 'open', 'failing', now())`,
      [ctx.tenantId, made.json.account.id],
    );
    const answer = await call(findingRoute.PATCH, {
      token,
      params: { key: "PST-142" },
      body: { status: "resolved" },
    });
    expect(answer).toMatchObject({ status: 409, json: { code: "verification_required" } });
    const other = await call(findingRoute.PATCH, {
      token,
      params: { key: "PST-142" },
      body: { status: "open" },
    });
    expect(other.status).toBe(422);
    const log = await database.sql<{ actor: string }>(
      "SELECT actor FROM audit_log WHERE action = 'finding.resolve_refused'",
    );
    expect(log).toHaveLength(1);
    expect(log[0]?.actor).toMatch(/^token:/);
    expect((await call(findingRoute.GET, { token, params: { key: "PST-142" } })).json.status).toBe("open");
  });
});
