import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { NextRequest } from "next/server";
import { beforeEach, describe, expect, it } from "vitest";
import { testDatabase, userIdOf } from "@/lib/db/testing/database";
import { withClient } from "@/lib/db/with-client";
import { problemSchema } from "@/lib/http/problem";
import { removeMember } from "@/lib/members/members";
import { tokenScopes } from "@/lib/tenancy/permissions";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { createToken } from "@/lib/tokens/tokens";
import { POST } from "./findings/bulk/route";

process.env.POSTURIO_PRINCIPAL_ARN_AWS = "arn:aws:iam::999988887777:role/PosturioScanner";
const database = testDatabase();

let admin: TenantContext;
let mina: TenantContext;
let token: string;
let key: string;
const keys = ["PST-1", "PST-2", "PST-3", "PST-4"];

beforeEach(async () => {
  admin = await database.makeOrganization("Acme");
  mina = await database.makeMember(admin, "member");
  token = (await createToken(admin, { name: "test", scopes: [...tokenScopes.values], days: 1 })).token;
  key = randomUUID();
  await database.sql(
    `WITH a AS (
       INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id, role_arn, status, connected_at)
       SELECT $1, (111111111110 + n)::text, 'aws', 'prod', gen_random_uuid()::text, 'x', 'connected', now()
       FROM generate_series(1, 4) n RETURNING id, right(aws_account_id, 1)::int AS n)
     INSERT INTO findings (tenant_id, id, account_id, check_id, number, status, observation, observation_since, episode)
     SELECT $1, gen_random_uuid(), a.id, 'cloudtrail.not_multi_region', a.n, 'open', 'failing', now(), 1 FROM a`,
    [admin.tenantId],
  );
});

const assignment = () => ({ keys, action: "assign", value: { ownerId: userIdOf(mina) } });

async function send(body: unknown, withKey: string | null = key) {
  const request = new NextRequest("http://localhost:3000/api/v1/x", {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      ...(withKey === null ? {} : { "idempotency-key": withKey }),
      "content-type": "application/json",
    },
    body: JSON.stringify(body),
  });
  const response = await POST(request, { params: Promise.resolve({}) });
  const text = await response.text();
  return {
    status: response.status,
    text,
    json: JSON.parse(text),
    isReplayed: response.headers.get("idempotency-replayed") === "true",
  };
}

const kept = () => database.sql("SELECT * FROM idempotency_keys WHERE tenant_id = $1", [admin.tenantId]);
/** How often each finding was assigned, by its number. */
const assigned = async () =>
  (
    await database.sql<{ n: number }>(
      `SELECT (SELECT count(*)::int FROM finding_events e WHERE e.tenant_id = f.tenant_id AND e.finding_id = f.id
                 AND kind = 'assigned') AS n
       FROM findings f WHERE tenant_id = $1 ORDER BY number`,
      [admin.tenantId],
    )
  ).map(({ n }) => n);

/** While `work` runs our database fails whenever the finding with this number is to be changed. */
async function failingAt(number: number, state: string, work: () => Promise<void>): Promise<void> {
  await database.sql(`
    CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF NEW.number = ${number} THEN RAISE 'planned' USING ERRCODE = '${state}'; END IF; RETURN NEW; END $$;
    CREATE TRIGGER fail BEFORE UPDATE ON findings FOR EACH ROW EXECUTE FUNCTION fail()`);
  try {
    await work();
  } finally {
    await database.sql("DROP TRIGGER fail ON findings; DROP FUNCTION fail()");
  }
}

describe("a bulk change over the API", () => {
  it("answers keys and reasons, and a preview with the same words changes nothing", async () => {
    const previewed = await send({ ...assignment(), keys: [...keys, "PST-9"], preview: true }, null);
    expect(previewed).toMatchObject({
      status: 200,
      json: { matched: 5, done: keys, skipped: [{ key: "PST-9", reason: "not_found" }] },
    });
    expect(await assigned()).toEqual([0, 0, 0, 0]);
    const made = await send({ ...assignment(), keys: [...keys, "PST-9"] }, null);
    expect(made.text).toBe(previewed.text);
    expect(await assigned()).toEqual([1, 1, 1, 1]);
    expect(await kept()).toEqual([]);
  });

  it("with a key is made once, and of its steps nothing stays but the answer", async () => {
    const first = await send(assignment());
    expect(first).toMatchObject({ status: 200, isReplayed: false, json: { matched: 4, done: keys } });
    expect(await kept()).toHaveLength(1);
    await database.sql("UPDATE findings SET owner_id = NULL WHERE tenant_id = $1", [admin.tenantId]);
    expect(await send(assignment())).toEqual({ ...first, isReplayed: true });
    expect(await assigned()).toEqual([1, 1, 1, 1]);
    expect(await send({ ...assignment(), preview: true })).toMatchObject({
      json: { code: "idempotency_key_reused" },
    });
  });

  it("that our database ends in the middle goes on when it is sent again, and answers as if it had not", async () => {
    await failingAt(3, "57P01", async () => {
      const broken = await send(assignment());
      expect(broken).toMatchObject({ status: 503, json: { code: "unavailable" } });
      expect(problemSchema.parse(broken.json)).toEqual(broken.json);
    });
    // What was done stays done, and nothing else happens until the request comes again.
    expect(await assigned()).toEqual([1, 1, 0, 0]);
    // Another request with the key is none that goes on with this one.
    expect((await send({ ...assignment(), keys: ["PST-4"] })).json.code).toBe("idempotency_key_reused");
    // What people do in the meantime is theirs: it is not done a second time to what was done, nor over what they did.
    await database.sql("UPDATE findings SET owner_id = NULL WHERE tenant_id = $1 AND number = 1", [
      admin.tenantId,
    ]);
    await database.sql("UPDATE findings SET version = 7 WHERE tenant_id = $1 AND number = 4", [
      admin.tenantId,
    ]);
    const again = await send(assignment());
    expect(again).toMatchObject({
      status: 200,
      isReplayed: false,
      json: {
        matched: 4,
        done: ["PST-1", "PST-2", "PST-3"],
        skipped: [{ key: "PST-4", reason: "version_changed" }],
      },
    });
    expect(await assigned()).toEqual([1, 1, 1, 0]);
    expect(await send(assignment())).toEqual({ ...again, isReplayed: true });
    expect(await kept()).toHaveLength(1);
  });

  it("that was begun is finished as it was meant, also when it would be refused by now", async () => {
    await failingAt(3, "57P01", async () => {
      expect((await send(assignment())).status).toBe(503);
    });
    await removeMember(admin, { userId: userIdOf(mina) });
    const again = await send(assignment());
    expect(again.status).toBe(200);
    expect(again.json.done).toEqual(["PST-1", "PST-2"]);
    expect(again.json.skipped.map(({ key: of }: { key: string }) => of)).toEqual(["PST-3", "PST-4"]);
  });

  it("whose process was killed in the middle goes on too, and does nothing twice", async () => {
    await withClient(database.superuserUrl, async (other) => {
      // It stops in the third finding, with its effect written and not committed.
      await other.query("SELECT pg_advisory_lock(4711)");
      await other.query(`
        CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN IF NEW.number = 3 THEN PERFORM pg_advisory_xact_lock(4711); END IF; RETURN NULL; END $$;
        CREATE TRIGGER stop AFTER UPDATE ON findings FOR EACH ROW EXECUTE FUNCTION stop()`);
      const child = spawn(
        process.execPath,
        [
          "--import",
          "tsx",
          "app/api/v1/testing/change-findings.ts",
          token,
          key,
          JSON.stringify(assignment()),
        ],
        { stdio: ["ignore", "ignore", "inherit"] },
      );
      const exited = once(child, "exit");
      try {
        await blocked();
        const meanwhile = await send(assignment());
        expect(meanwhile).toMatchObject({ status: 409, json: { code: "idempotency_in_progress" } });
      } finally {
        child.kill("SIGKILL");
        await exited;
        await other.query("SELECT pg_advisory_unlock(4711)");
        await other.query("DROP TRIGGER stop ON findings; DROP FUNCTION stop()");
      }
    });
    expect(await assigned()).toEqual([1, 1, 0, 0]);
    expect(await send(assignment())).toMatchObject({ status: 200, isReplayed: false, json: { done: keys } });
    expect(await assigned()).toEqual([1, 1, 1, 1]);
  }, 60_000);

  it("that comes ten times at once is made once, and everybody gets the one answer in the end", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(assignment())));
    for (const { status, json } of answers) {
      if (status === 200) expect(json).toEqual({ matched: 4, done: keys, skipped: [] });
      else expect([status, json.code]).toEqual([409, "idempotency_in_progress"]);
    }
    expect(await assigned()).toEqual([1, 1, 1, 1]);
    expect(await send(assignment())).toMatchObject({ status: 200, isReplayed: true, json: { done: keys } });
    expect(await kept()).toHaveLength(1);
  });

  it("that is refused as a whole is refused the same way again, and did nothing", async () => {
    const nobody = { ...assignment(), value: { ownerId: randomUUID() } };
    expect(await send(nobody)).toMatchObject({ status: 422, isReplayed: false });
    expect(await send(nobody)).toMatchObject({ status: 422, isReplayed: true });
    expect(await assigned()).toEqual([0, 0, 0, 0]);
    expect(await kept()).toHaveLength(1);
  });
});

/** Until a transaction of the product waits for a lock. */
async function blocked(): Promise<void> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    const waiting = await database.sql(
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    if (waiting.length > 0) return;
    await new Promise((passed) => setTimeout(passed, 20));
  }
  throw new Error("nothing waits for the lock");
}
