import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { NextRequest } from "next/server";
import { describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/db/testing/database";
import { withClient } from "@/lib/db/with-client";
import { problemSchema } from "@/lib/http/problem";
import { type TokenScope, tokenScopes } from "@/lib/tenancy/permissions";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { createToken } from "@/lib/tokens/tokens";
import * as accountRoute from "./accounts/[id]/route";
import * as accountsRoute from "./accounts/route";
import * as findingRoute from "./findings/[key]/route";
import type { ApiHandler } from "./operation";

process.env.POSTURIO_PRINCIPAL_ARN_AWS = "arn:aws:iam::999988887777:role/PosturioScanner";
const database = testDatabase();

interface Sent {
  readonly token: string;
  readonly key?: string;
  readonly params?: Record<string, string>;
  readonly body?: unknown;
}

async function send(handler: ApiHandler, { token, key, params = {}, body }: Sent) {
  const request = new NextRequest("http://localhost:3000/api/v1/x", {
    method: handler.operation.method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(key === undefined ? {} : { "idempotency-key": key }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await handler(request, { params: Promise.resolve(params) });
  const text = await response.text();
  return {
    status: response.status,
    text,
    json: text === "" ? null : JSON.parse(text),
    type: response.headers.get("content-type"),
    isReplayed: response.headers.get("idempotency-replayed") === "true",
    headers: response.headers,
  };
}

async function tokenOf(ctx: TenantContext, scopes: TokenScope[] = [...tokenScopes.values]) {
  return (await createToken(ctx, { name: "test", scopes, days: 1 })).token;
}

async function world(name: string) {
  const ctx = await database.makeOrganization(name);
  return { ctx, token: await tokenOf(ctx), key: randomUUID() };
}

const body = { name: "prod", awsAccountId: "111122223333" };
const create = (sent: Sent) => send(accountsRoute.POST, { body, ...sent });
/** How often the use case did its work: each leaves a line. */
const lines = async ({ tenantId }: TenantContext, action: string) =>
  (await database.sql("SELECT 1 FROM audit_log WHERE tenant_id = $1 AND action = $2", [tenantId, action]))
    .length;
const started = (ctx: TenantContext) => lines(ctx, "account.connection_started");
const kept = ({ tenantId }: TenantContext) =>
  database.sql("SELECT * FROM idempotency_keys WHERE tenant_id = $1", [tenantId]);

describe("a request with an Idempotency-Key", () => {
  it("is performed once, and sent again gets the first answer", async () => {
    const { ctx, token, key } = await world("Replay");
    const first = await create({ token, key });
    expect(first).toMatchObject({ status: 201, isReplayed: false });
    const again = await create({ token, key });
    expect(again).toMatchObject({ status: 201, isReplayed: true, text: first.text, type: first.type });
    expect(again.headers.get("x-request-id")).not.toBe(first.headers.get("x-request-id"));
    expect(again.headers.get("cache-control")).toBe("no-store");
    expect(await started(ctx)).toBe(1);
    // What is kept of key and request is hashes.
    const rows = await kept(ctx);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify({ ...rows[0], body: "" })).not.toMatch(new RegExp(`${key}|prod|111122223333`));
  });

  it("is the same however its JSON is written, and with what is understood by itself", async () => {
    const { ctx, token, key } = await world("Same");
    await create({ token, key });
    const again = await create({
      token,
      key,
      body: { partition: "aws", awsAccountId: "1111-2222-3333", name: " prod " },
    });
    expect(again).toMatchObject({ status: 201, isReplayed: true });
    expect(await started(ctx)).toBe(1);
  });

  it("gets an empty answer again as an empty one", async () => {
    const { ctx, token, key } = await world("Empty");
    const id = (await create({ token })).json.account.id as string;
    const remove = () => send(accountRoute.DELETE, { token, key, params: { id } });
    expect(await remove()).toMatchObject({ status: 204, text: "", isReplayed: false });
    expect(await remove()).toMatchObject({ status: 204, text: "", isReplayed: true, type: null });
    expect((await send(accountRoute.DELETE, { token, params: { id } })).status).toBe(404);
    expect(await lines(ctx, "account.draft_deleted")).toBeLessThanOrEqual(1);
  });

  it("is refused with another body, path or method, and then nothing happens", async () => {
    const { ctx, token, key } = await world("Reused");
    const id = (await create({ token, key })).json.account.id as string;
    const params = { id };
    for (const other of [
      await create({ token, key, body: { ...body, name: "other" } }),
      await send(accountRoute.PATCH, { token, key, params, body: { name: "other" } }),
      await send(accountRoute.DELETE, { token, key, params }),
    ]) {
      expect(other).toMatchObject({
        status: 409,
        json: { code: "idempotency_key_reused" },
        isReplayed: false,
      });
      expect(problemSchema.parse(other.json)).toEqual(other.json);
    }
    expect((await send(accountRoute.GET, { token, params })).json).toMatchObject({ name: "prod" });
    expect(await started(ctx)).toBe(1);
    expect(await create({ token, key })).toMatchObject({ status: 201, isReplayed: true });
  });

  it("is another one for another organization, and for another token of the same", async () => {
    const one = await world("One");
    const two = await world("Two");
    const third = await tokenOf(one.ctx);
    const { key } = one;
    const answers = [];
    for (const token of [one.token, two.token, third]) {
      answers.push(await create({ token, key, body: { ...body, name: `of ${answers.length}` } }));
    }
    expect(answers.map(({ status, isReplayed }) => [status, isReplayed])).toEqual([
      [201, false],
      [201, false],
      [201, false],
    ]);
    expect(answers.map(({ json }) => json.account.name)).toEqual(["of 0", "of 1", "of 2"]);
  });

  it("is looked up for no one who may not do it", async () => {
    const { ctx, token, key } = await world("Authority");
    await create({ token, key });
    const reader = await tokenOf(ctx, ["read"]);
    expect(await create({ token: reader, key })).toMatchObject({ status: 403, isReplayed: false });
    expect(await create({ token: "pst_live_unknown_unknown_unknown", key })).toMatchObject({ status: 401 });
    expect(await kept(ctx)).toHaveLength(1);
  });

  it("has a key of 1 to 255 visible characters, or is refused", async () => {
    const { ctx, token } = await world("Form");
    for (const key of ["", "two words", "a".repeat(256), "ü", "a\tb"]) {
      const refused = await create({ token, key });
      expect([key, refused.status, refused.json.code]).toEqual([key, 400, "invalid_input"]);
      expect(refused.json.errors[0].field).toBe("Idempotency-Key");
      expect(problemSchema.parse(refused.json)).toEqual(refused.json);
    }
    expect(await started(ctx)).toBe(0);
    for (const key of ["!", "~".repeat(255)]) expect((await create({ token, key })).status).toBe(201);
  });

  it("runs afresh after 24 hours", async () => {
    const { ctx, token, key } = await world("Expiry");
    await create({ token, key });
    const age = (age: string) =>
      database.sql("UPDATE idempotency_keys SET created_at = now() - $2::interval WHERE tenant_id = $1", [
        ctx.tenantId,
        age,
      ]);
    await age("23 hours 59 minutes");
    expect(await create({ token, key, body: { ...body, name: "new" } })).toMatchObject({ status: 409 });
    await age("24 hours");
    const afresh = await create({ token, key, body: { ...body, name: "new" } });
    expect(afresh).toMatchObject({ status: 201, isReplayed: false, json: { account: { name: "new" } } });
    expect(await kept(ctx)).toHaveLength(1);
  });
});

describe("of answers that refuse", () => {
  it("those about the state are kept: they stay as they were when it has changed", async () => {
    const { ctx, token, key } = await world("State");
    const id = (await create({ token })).json.account.id as string;
    const patch = () =>
      send(accountRoute.PATCH, { token, key, params: { id }, body: { name: "new", version: 900 } });
    const first = await patch();
    expect(first).toMatchObject({ status: 409, json: { code: "version_conflict" } });
    await database.sql("UPDATE accounts SET version = 900 WHERE tenant_id = $1", [ctx.tenantId]);
    const again = await patch();
    expect(again).toMatchObject({ status: 409, text: first.text, type: first.type, isReplayed: true });
    expect((await send(accountRoute.GET, { token, params: { id } })).json.name).toBe("prod");
  });

  it("what they committed stays with them, and is not done again", async () => {
    const { ctx, token, key } = await world("Resolved");
    const id = (await create({ token })).json.account.id as string;
    await database.sql(
      `INSERT INTO findings (tenant_id, id, account_id, check_id, number, status, observation, observation_since)
       VALUES ($1, gen_random_uuid(), $2, 'cloudtrail.not_multi_region', 142, 'open', 'failing', now())`,
      [ctx.tenantId, id],
    );
    const resolve = () =>
      send(findingRoute.PATCH, { token, key, params: { key: "PST-142" }, body: { status: "resolved" } });
    expect(await resolve()).toMatchObject({ status: 409, json: { code: "verification_required" } });
    expect(await resolve()).toMatchObject({ status: 409, isReplayed: true });
    expect(await lines(ctx, "finding.resolve_refused")).toBe(1);
  });

  it("input that is refused uses up no key, and neither do not found, forbidden and too many", async () => {
    const { ctx, token, key } = await world("Free");
    expect((await create({ token, key, body: { ...body, awsAccountId: "1" } })).status).toBe(422);
    const params = { id: randomUUID() };
    expect((await send(accountRoute.DELETE, { token, key, params })).status).toBe(404);
    expect((await create({ token: await tokenOf(ctx, ["read"]), key })).status).toBe(403);
    await database.sql("UPDATE rate_limits SET count = 600 WHERE window_start > now() - interval '1 minute'");
    expect((await create({ token, key })).status).toBe(429);
    await database.sql("DELETE FROM rate_limits");
    expect(await kept(ctx)).toEqual([]);
    expect(await create({ token, key })).toMatchObject({ status: 201, isReplayed: false });
  });
});

describe("at the same time", () => {
  it("20 equal requests have one effect, and each gets its answer or hears that it is on its way", async () => {
    const { ctx, token, key } = await world("Twenty");
    const answers = await Promise.all(Array.from({ length: 20 }, () => create({ token, key })));
    const done = answers.filter(({ status }) => status === 201);
    expect(done.filter(({ isReplayed }) => !isReplayed)).toHaveLength(1);
    expect(new Set(done.map(({ text }) => text)).size).toBe(1);
    for (const { status, json, headers } of answers) {
      if (status === 201) continue;
      expect([status, json.code, headers.get("retry-after")]).toEqual([409, "idempotency_in_progress", "1"]);
      expect(problemSchema.parse(json)).toEqual(json);
    }
    expect(await started(ctx)).toBe(1);
    expect(await create({ token, key })).toMatchObject({ status: 201, isReplayed: true });
  });

  it("a second one hears that the first is running, while another key goes ahead", async () => {
    const { ctx, token, key } = await world("Running");
    const id = (await create({ token })).json.account.id as string;
    const patch = (name: string, by: string) =>
      send(accountRoute.PATCH, { token, key: by, params: { id }, body: { name } });
    await withClient(database.superuserUrl, async (other) => {
      await other.query("BEGIN");
      await other.query("SELECT 1 FROM accounts WHERE tenant_id = $1 FOR UPDATE", [ctx.tenantId]);
      const first = patch("first", key);
      await blocked();
      expect(await patch("first", key)).toMatchObject({ json: { code: "idempotency_in_progress" } });
      expect(await patch("second", key)).toMatchObject({ json: { code: "idempotency_in_progress" } });
      const fresh = await create({
        token,
        key: randomUUID(),
        body: { ...body, awsAccountId: "444455556666" },
      });
      expect(fresh.status).toBe(201);
      await other.query("COMMIT");
      expect(await first).toMatchObject({ status: 200, isReplayed: false, json: { name: "first" } });
    });
    expect(await patch("first", key)).toMatchObject({ status: 200, isReplayed: true });
  });
});

/** Until a transaction of the product waits for a lock. */
async function blocked(mostTries = 200): Promise<void> {
  for (let tries = 0; tries < mostTries; tries++) {
    const waiting = await database.sql(
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    if (waiting.length > 0) return;
    await new Promise((passed) => setTimeout(passed, 20));
  }
  throw new Error("nothing waits for the lock");
}

describe("after a failure", () => {
  it("nothing of the attempt is there, and the same request runs as if it were the first", async () => {
    const { ctx, token, key } = await world("Failure");
    await database.sql(`
      CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'planned'; END $$;
      CREATE TRIGGER fail BEFORE INSERT ON idempotency_keys FOR EACH ROW EXECUTE FUNCTION fail()`);
    try {
      expect((await create({ token, key })).status).toBe(500);
      expect([await started(ctx), await kept(ctx)]).toEqual([0, []]);
      const accounts = await database.sql("SELECT 1 FROM accounts WHERE tenant_id = $1", [ctx.tenantId]);
      expect(accounts).toEqual([]);
    } finally {
      await database.sql("DROP TRIGGER fail ON idempotency_keys; DROP FUNCTION fail()");
    }
    expect(await create({ token, key })).toMatchObject({ status: 201, isReplayed: false });
    expect(await started(ctx)).toBe(1);
  });

  it("a connection that PostgreSQL ends in the middle answers 503, and the retry is the first", async () => {
    const { ctx, token, key } = await world("Ended");
    const id = (await create({ token })).json.account.id as string;
    const patch = () =>
      send(accountRoute.PATCH, { token, key, params: { id }, body: { name: "new", version: 1 } });
    await withClient(database.superuserUrl, async (other) => {
      await other.query("BEGIN");
      await other.query("SELECT 1 FROM accounts WHERE tenant_id = $1 FOR UPDATE", [ctx.tenantId]);
      const first = patch();
      await blocked();
      await other.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      expect(await first).toMatchObject({ status: 503, json: { code: "unavailable" } });
      await other.query("COMMIT");
    });
    expect(await patch()).toMatchObject({
      status: 200,
      isReplayed: false,
      json: { name: "new", version: 2 },
    });
  });

  it("a process that was killed in the middle holds its key no longer, and left no effect", async () => {
    const { ctx, token, key } = await world("Killed");
    const id = (await create({ token })).json.account.id as string;
    const patch = () => send(accountRoute.PATCH, { token, key, params: { id }, body: { name: "new" } });
    await withClient(database.superuserUrl, async (other) => {
      // It stops where its effect and its answer are written and not committed.
      await other.query("SELECT pg_advisory_lock(4711)");
      await other.query(`
        CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql
          AS $$ BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NULL; END $$;
        CREATE TRIGGER stop AFTER INSERT ON idempotency_keys FOR EACH ROW EXECUTE FUNCTION stop()`);
      const child = spawn(
        process.execPath,
        ["--import", "tsx", "app/api/v1/testing/change-account.ts", token, key, id, "new"],
        { stdio: ["ignore", "ignore", "inherit"] },
      );
      const exited = once(child, "exit");
      try {
        await blocked(1_000);
        expect(await patch()).toMatchObject({ status: 409, json: { code: "idempotency_in_progress" } });
      } finally {
        child.kill("SIGKILL");
        await exited;
        await other.query("SELECT pg_advisory_unlock(4711)");
        await other.query("DROP TRIGGER stop ON idempotency_keys; DROP FUNCTION stop()");
      }
    });
    expect(await lines(ctx, "account.updated")).toBe(0);
    const answer = await patch();
    expect(answer).toMatchObject({ status: 200, isReplayed: false, json: { name: "new", version: 2 } });
    expect(await lines(ctx, "account.updated")).toBe(1);
  }, 60_000);
});
