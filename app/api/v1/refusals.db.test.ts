import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { NextRequest } from "next/server";
import { beforeAll, describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/db/testing/database";
import { everything as digestOf } from "@/lib/db/testing/everything";
import { toHttpStatus } from "@/lib/errors";
import { permissions, type TokenScope, tokenScopes } from "@/lib/tenancy/permissions";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { createToken } from "@/lib/tokens/tokens";
import { emptyProof, type Proof } from "@/lib/verification/proof";
import { type SavedView, saveView } from "@/lib/views/saved-views";
import type { ApiHandler, Operation } from "./operation";
import { operations } from "./operations";

process.env.POSTURIO_PRINCIPAL_ARN_AWS = "arn:aws:iam::999988887777:role/PosturioScanner";
const database = testDatabase();
const here = fileURLToPath(new URL(".", import.meta.url));

const mutations = (operations as readonly Operation[]).filter(({ method }) => method !== "GET");

/** What an organization of a test has: everything that a mutation can be about. */
interface World {
  readonly ctx: TenantContext;
  readonly connected: string;
  readonly draft: string;
  readonly disconnected: string;
  /** A draft whose connection test is under way. */
  readonly tested: string;
  /** A shared view. */
  readonly view: SavedView;
  /** Of PST-4, inconclusive: one Region has delivered, one has not. */
  readonly verification: string;
}

interface Request {
  readonly params?: Record<string, string>;
  readonly body?: unknown;
}

interface Case {
  /** What succeeds, or for a mutation that never does gets to its own refusal. */
  readonly good: (world: World) => Request;
  readonly status: number;
  /** What is refused: why, with which status, and with what. */
  readonly refused: readonly (readonly [why: string, status: number, of: (world: World) => Request])[];
  /** What even a refused request writes down. */
  readonly remembers?: string;
}

const ownIdOf = (ctx: TenantContext) => (ctx.principal.type === "user" ? ctx.principal.userId : "");
const nobody = "00000000-0000-4000-8000-000000000000";
const role = (account: string) => `arn:aws:iam::${account}:role/PosturioReadOnly`;

/** What an inconclusive verification knows: its call has arrived from one Region, and not from another. */
const undecided: Proof = {
  ...emptyProof,
  a: "passed",
  b: "inconclusive",
  regions: [
    ["us-east-1", "passed", null] as const,
    ["eu-west-1", "inconclusive", "not_delivered"] as const,
  ].map(([region, state, reason]) => ({
    region,
    a: { state: "passed", reason: null, at: null, evidence: null },
    b: { state, reason, at: null, evidence: null },
    trails: [],
  })),
};

/** A new mutation has to say here what it refuses. */
const cases: Readonly<Record<string, Case>> = {
  createView: {
    good: () => ({ body: { name: "Critical", query: "severity=CRITICAL" } }),
    status: 201,
    refused: [
      ["a name that is taken", 409, ({ view }) => ({ body: { name: view.name.toUpperCase(), query: "" } })],
      ["no name", 422, () => ({ body: { name: " ", query: "" } })],
      ["one of its own", 422, () => ({ body: { name: "Mine", query: "", shared: false } })],
    ],
  },
  updateView: {
    good: ({ view }) => ({ params: { id: view.id }, body: { version: 1, query: "owner=none" } }),
    status: 200,
    refused: [
      [
        "a version that is old, with a name",
        409,
        ({ view }) => ({ params: { id: view.id }, body: { version: 9, name: "renamed" } }),
      ],
      [
        "a name, and filters that are too long",
        422,
        ({ view }) => ({
          params: { id: view.id },
          body: { version: 1, name: "renamed", query: `q=${"a".repeat(3000)}` },
        }),
      ],
      ["a view of nobody", 404, () => ({ params: { id: nobody }, body: { version: 1, name: "renamed" } })],
    ],
  },
  removeView: {
    good: ({ view }) => ({ params: { id: view.id } }),
    status: 204,
    refused: [["a view of nobody", 404, () => ({ params: { id: nobody } })]],
  },
  createAccount: {
    good: () => ({ body: { name: "new", awsAccountId: "444444444444" } }),
    status: 201,
    refused: [
      ["connected already", 409, () => ({ body: { name: "again", awsAccountId: "111111111111" } })],
      [
        "no such partition",
        422,
        () => ({ body: { name: "x", awsAccountId: "555555555555", partition: "moon" } }),
      ],
      [
        "no scanner there",
        422,
        () => ({ body: { name: "x", awsAccountId: "555555555555", partition: "aws-cn" } }),
      ],
      [
        "a draft with a name that is none",
        422,
        () => ({ body: { name: "a\u0000b", awsAccountId: "222222222222" } }),
      ],
    ],
  },
  updateAccount: {
    good: ({ connected }) => ({ params: { id: connected }, body: { name: "renamed", everyMinutes: 120 } }),
    status: 200,
    refused: [
      [
        "a schedule for a draft, with a name",
        409,
        ({ draft }) => ({ params: { id: draft }, body: { name: "renamed", everyMinutes: 120 } }),
      ],
      [
        "a schedule for a disconnected one, with a name",
        409,
        ({ disconnected }) => ({
          params: { id: disconnected },
          body: { name: "renamed", everyMinutes: null },
        }),
      ],
      [
        "a version that is old, with a schedule",
        409,
        ({ connected }) => ({ params: { id: connected }, body: { version: 900, everyMinutes: 120 } }),
      ],
      [
        "a version that is old, with a name",
        409,
        ({ connected }) => ({ params: { id: connected }, body: { version: 900, name: "renamed" } }),
      ],
      [
        "a name, and a schedule that is none",
        422,
        ({ connected }) => ({ params: { id: connected }, body: { name: "renamed", everyMinutes: 5 } }),
      ],
      [
        "a name, and an environment that is none",
        422,
        ({ connected }) => ({ params: { id: connected }, body: { name: "renamed", environment: "moon" } }),
      ],
      [
        "a name, and a field that is unknown",
        422,
        ({ connected }) => ({ params: { id: connected }, body: { name: "renamed", tenantId: nobody } }),
      ],
      ["an account of nobody", 404, () => ({ params: { id: nobody }, body: { name: "renamed" } })],
    ],
  },
  disconnectAccount: {
    good: ({ connected }) => ({ params: { id: connected } }),
    status: 204,
    refused: [
      ["disconnected already", 409, ({ disconnected }) => ({ params: { id: disconnected } })],
      ["an account of nobody", 404, () => ({ params: { id: nobody } })],
      ["no id", 422, () => ({ params: { id: "prod" } })],
    ],
  },
  testConnection: {
    good: ({ draft }) => ({ params: { id: draft }, body: { roleArn: role("222222222222") } }),
    status: 202,
    refused: [
      [
        "a role of another account",
        422,
        ({ draft }) => ({ params: { id: draft }, body: { roleArn: role("666666666666") } }),
      ],
      [
        "another role than the connected one",
        409,
        ({ connected }) => ({ params: { id: connected }, body: { roleArn: role("111111111111") } }),
      ],
      [
        "a disconnected account",
        409,
        ({ disconnected }) => ({ params: { id: disconnected }, body: { roleArn: role("333333333333") } }),
      ],
      [
        "an account of nobody",
        404,
        () => ({ params: { id: nobody }, body: { roleArn: role("111111111111") } }),
      ],
    ],
  },
  stopConnectionTest: {
    good: ({ tested }) => ({ params: { id: tested } }),
    status: 204,
    refused: [
      ["no test under way", 409, ({ draft }) => ({ params: { id: draft } })],
      ["an account of nobody", 404, () => ({ params: { id: nobody } })],
      ["no id", 422, () => ({ params: { id: "prod" } })],
    ],
  },
  requestScan: {
    good: ({ connected }) => ({ body: { accountId: connected } }),
    status: 202,
    refused: [
      ["a draft", 409, ({ draft }) => ({ body: { accountId: draft } })],
      ["a disconnected account", 409, ({ disconnected }) => ({ body: { accountId: disconnected } })],
      ["an account of nobody", 404, () => ({ body: { accountId: nobody } })],
    ],
  },
  cancelScan: {
    good: () => ({ params: { number: "102" } }),
    status: 200,
    refused: [
      ["a scan that has ended", 409, () => ({ params: { number: "101" } })],
      ["a scan that there is not", 404, () => ({ params: { number: "9" } })],
      ["no number", 422, () => ({ params: { number: "99999999999" } })],
    ],
  },
  updateFinding: {
    good: () => ({
      params: { key: "PST-1" },
      body: { version: 1, ticketUrl: "https://tickets.example/1" },
    }),
    status: 200,
    refused: [
      ["another status", 422, () => ({ params: { key: "PST-1" }, body: { version: 1, status: "open" } })],
      ["Resolved", 409, () => ({ params: { key: "PST-1" }, body: { status: "resolved" } })],
      ["Resolved of nothing", 404, () => ({ params: { key: "PST-9" }, body: { status: "resolved" } })],
      [
        "a version that is old",
        409,
        () => ({ params: { key: "PST-1" }, body: { version: 9, ticketUrl: null } }),
      ],
      ["no version", 422, () => ({ params: { key: "PST-1" }, body: { ticketUrl: null } })],
      [
        "a ticket, and a due date without a reason",
        422,
        () => ({
          params: { key: "PST-1" },
          body: { version: 1, ticketUrl: "https://tickets.example/1", dueAt: "2027-01-01T00:00:00Z" },
        }),
      ],
      [
        "a ticket, and an owner who is no member",
        422,
        () => ({
          params: { key: "PST-1" },
          body: { version: 1, ticketUrl: "https://tickets.example/1", ownerId: nobody },
        }),
      ],
      ["a finding that there is not", 404, () => ({ params: { key: "PST-9" }, body: { version: 1 } })],
    ],
    remembers: "finding.resolve_refused",
  },
  moveFinding: {
    good: ({ ctx }) => ({
      params: { key: "PST-1" },
      body: { version: 1, to: "in_progress", ownerId: ownIdOf(ctx) },
    }),
    status: 200,
    refused: [
      [
        "an owner who is missing",
        422,
        () => ({ params: { key: "PST-1" }, body: { version: 1, to: "in_progress" } }),
      ],
      [
        "an owner who is no member",
        422,
        () => ({ params: { key: "PST-1" }, body: { version: 1, to: "in_progress", ownerId: nobody } }),
      ],
      ["no move", 409, () => ({ params: { key: "PST-1" }, body: { version: 1, to: "open", reason: "x" } })],
      [
        "a claim without the scope for it",
        403,
        () => ({ params: { key: "PST-1" }, body: { version: 1, to: "awaiting_verification" } }),
      ],
      ["Resolved", 409, () => ({ params: { key: "PST-1" }, body: { version: 1, to: "resolved" } })],
      [
        "a version that is old",
        409,
        () => ({ params: { key: "PST-1" }, body: { version: 9, to: "in_progress" } }),
      ],
      ["a status that is none", 422, () => ({ params: { key: "PST-1" }, body: { version: 1, to: "moon" } })],
      [
        "a finding that there is not",
        404,
        () => ({ params: { key: "PST-9" }, body: { version: 1, to: "in_progress" } }),
      ],
    ],
    remembers: "finding.resolve_refused",
  },
  requestVerification: {
    good: () => ({ params: { key: "PST-1" }, body: { version: 1, note: "Converted the trail." } }),
    status: 202,
    refused: [
      ["a version that is old", 409, () => ({ params: { key: "PST-1" }, body: { version: 9 } })],
      ["no version", 422, () => ({ params: { key: "PST-1" }, body: {} })],
      [
        "a field that is unknown",
        422,
        () => ({ params: { key: "PST-1" }, body: { version: 1, to: "open" } }),
      ],
      [
        "a finding of a disconnected account",
        422,
        () => ({ params: { key: "PST-3" }, body: { version: 1 } }),
      ],
      ["one that is being verified", 409, () => ({ params: { key: "PST-5" }, body: { version: 1 } })],
      ["one that is out of scope", 409, () => ({ params: { key: "PST-6" }, body: { version: 1 } })],
      ["a finding that there is not", 404, () => ({ params: { key: "PST-9" }, body: { version: 1 } })],
    ],
  },
  retryVerification: {
    good: ({ verification }) => ({ params: { id: verification }, body: { regions: ["eu-west-1"] } }),
    status: 202,
    refused: [
      [
        "a Region that is not enabled",
        422,
        ({ verification }) => ({
          params: { id: verification },
          body: { regions: ["eu-west-1", "me-south-1"] },
        }),
      ],
      [
        "a Region that has delivered",
        422,
        ({ verification }) => ({ params: { id: verification }, body: { regions: ["us-east-1"] } }),
      ],
      ["no Regions", 422, ({ verification }) => ({ params: { id: verification }, body: { regions: [] } })],
      [
        "what is no Region",
        422,
        ({ verification }) => ({ params: { id: verification }, body: { regions: ["moon"] } }),
      ],
      ["a verification of nobody", 404, () => ({ params: { id: nobody }, body: {} })],
      ["no id", 422, () => ({ params: { id: "1" }, body: {} })],
    ],
  },
  bulkChangeFindings: {
    good: ({ ctx }) => ({
      body: { keys: ["PST-1", "PST-2", "PST-9"], action: "assign", value: { ownerId: ownIdOf(ctx) } },
    }),
    status: 200,
    refused: [
      ["no keys", 422, () => ({ body: { keys: [], action: "assign", value: { ownerId: null } } })],
      ["no value", 422, () => ({ body: { keys: ["PST-1"], action: "assign" } })],
      ["to resolve", 422, () => ({ body: { keys: ["PST-1"], action: "resolve" } })],
      [
        "an owner who is no member",
        422,
        () => ({ body: { keys: ["PST-1"], action: "assign", value: { ownerId: nobody } } }),
      ],
      [
        "a due date without a reason",
        422,
        () => ({ body: { keys: ["PST-1"], action: "due", value: { dueAt: null, dueReason: " " } } }),
      ],
      ["a claim without the scope for it", 403, () => ({ body: { keys: ["PST-1"], action: "claim" } })],
      ["a scan without the scope for it", 403, () => ({ body: { keys: ["PST-1"], action: "scan" } })],
      ["a token that would watch", 403, () => ({ body: { keys: ["PST-1"], action: "watch" } })],
    ],
  },
  scanFinding: {
    good: () => ({ params: { key: "PST-1" } }),
    status: 202,
    refused: [
      ["a finding of a disconnected account", 409, () => ({ params: { key: "PST-3" } })],
      ["a finding that there is not", 404, () => ({ params: { key: "PST-9" } })],
      ["no key", 422, () => ({ params: { key: "\u0000" } })],
    ],
  },
  postComment: {
    good: () => ({ params: { key: "PST-1" }, body: { body: "Converting it **now**." } }),
    status: 201,
    refused: [
      ["no text", 422, () => ({ params: { key: "PST-1" }, body: { body: " \n " } })],
      [
        "a text that is too long",
        422,
        () => ({ params: { key: "PST-1" }, body: { body: "a".repeat(10_001) } }),
      ],
      [
        "another visibility",
        422,
        () => ({ params: { key: "PST-1" }, body: { body: "x", visibility: "all" } }),
      ],
      ["a finding that there is not", 404, () => ({ params: { key: "PST-9" }, body: { body: "x" } })],
    ],
  },
  lookAgain: {
    good: () => ({ params: { key: "PST-1" } }),
    status: 202,
    refused: [
      ["a finding that passes", 409, () => ({ params: { key: "PST-2" } })],
      ["a finding of a disconnected account", 409, () => ({ params: { key: "PST-3" } })],
      ["a finding that there is not", 404, () => ({ params: { key: "PST-9" } })],
    ],
  },
  stopLooking: {
    good: () => ({ params: { key: "PST-1" } }),
    status: 204,
    refused: [
      ["a finding that there is not", 404, () => ({ params: { key: "PST-9" } })],
      ["no key", 422, () => ({ params: { key: "\u0000" } })],
    ],
  },
};

const handlers = new Map<string, ApiHandler>();

beforeAll(async () => {
  const files = readdirSync(here, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith("route.ts") && !file.startsWith("openapi.json"),
  );
  for (const file of files) {
    for (const exported of Object.values((await import(join(here, file))) as Record<string, ApiHandler>))
      handlers.set(exported.operation.operationId, exported);
  }
});

let worlds = 0;

async function makeWorld(): Promise<World> {
  const ctx = await database.makeOrganization(`World ${++worlds}`);
  const account = async (awsAccountId: string, status: string) => {
    const [row] = await database.sql<{ id: string }>(
      `INSERT INTO accounts (tenant_id, id, name, aws_account_id, partition, environment, status, external_id, role_arn)
       VALUES ($1, gen_random_uuid(), 'prod', $2, 'aws', 'production', $3, 'pst_' || gen_random_uuid(),
               CASE WHEN $3 = 'connected' THEN 'arn:aws:iam::111111111111:role/PosturioElsewhere' END)
       RETURNING id::text`,
      [ctx.tenantId, awsAccountId, status],
    );
    return row?.id ?? "";
  };
  const connected = await account("111111111111", "connected");
  const world = {
    ctx,
    connected,
    verification: randomUUID(),
    draft: await account("222222222222", "draft"),
    disconnected: await account("333333333333", "disconnected"),
    tested: await account("888888888888", "draft"),
    view: await saveView(ctx, { name: "Of everybody", query: "severity=HIGH", shared: true }),
  };
  await database.sql(
    `INSERT INTO connection_tests (tenant_id, account_id, role_arn, status)
     VALUES ($1, $2, 'arn:aws:iam::888888888888:role/PosturioReadOnly', 'queued')`,
    [ctx.tenantId, world.tested],
  );
  const finding = async (
    number: number,
    checkId: string,
    accountId: string,
    observation: string,
    status = "open",
  ) => {
    const [row] = await database.sql<{ id: string }>(
      `INSERT INTO findings (tenant_id, id, account_id, check_id, number, status, observation, observation_since)
       VALUES ($1, gen_random_uuid(), $2, $3, $4, $6, $5, now()) RETURNING id::text`,
      [ctx.tenantId, accountId, checkId, number, observation, status],
    );
    return row?.id ?? "";
  };
  await finding(1, "cloudtrail.not_multi_region", connected, "failing");
  await finding(2, "iam.root_mfa_disabled", connected, "passing");
  await finding(3, "cloudtrail.not_multi_region", world.disconnected, "failing");
  await finding(
    6,
    "cloudtrail.log_validation_disabled",
    world.disconnected,
    "failing",
    "closed_out_of_scope",
  );
  const busy = await account("777777777777", "connected");
  const claimed = [
    [4, connected, "inconclusive", world.verification],
    [5, busy, "running", randomUUID()],
  ] as const;
  for (const [number, of, status, id] of claimed) {
    const findingId = await finding(
      number,
      "cloudtrail.log_validation_disabled",
      of,
      "passing",
      "awaiting_verification",
    );
    await database.sql(
      `WITH claim AS (
         INSERT INTO claims (tenant_id, finding_id, episode, claimed_from, claimed_by)
         VALUES ($1, $2, 1, 'open', 'system') RETURNING id)
       INSERT INTO verifications (tenant_id, id, number, finding_id, account_id, episode, claim_id, status, trigger,
                                  requested_by, required_proof, month, proof)
       SELECT $1, $3, $4, $2, $5, 1, claim.id, $6, 'claim', 'system', 'delivered', '2026-11-01', $7 FROM claim`,
      [ctx.tenantId, findingId, id, number, of, status, JSON.stringify(undecided)],
    );
  }
  for (const [number, status, of] of [
    [101, "complete", connected],
    [102, "queued", busy],
  ] as const) {
    await database.sql(
      `INSERT INTO scans (tenant_id, id, number, account_id, trigger, status, attempt, requested_at)
       VALUES ($1, gen_random_uuid(), $2, $3, 'manual', $4, 0, now())`,
      [ctx.tenantId, number, of, status],
    );
  }
  return world;
}

async function tokenFor({ ctx }: World, scopes: readonly TokenScope[]): Promise<string> {
  return (await createToken(ctx, { name: "test", scopes: [...scopes], days: 1 })).token;
}

async function send(id: string, token: string, request: Request): Promise<number> {
  return (await answerTo(id, token, request)).status;
}

async function answerTo(id: string, token: string, { params = {}, body }: Request, key?: string) {
  const handler = handlers.get(id);
  if (!handler) throw new Error(`no route serves ${id}`);
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
  const isReplayed = response.headers.get("idempotency-replayed") === "true";
  return { status: response.status, text: await response.text(), isReplayed };
}

/** Every answer that would be kept fails, at the last moment before the commit. */
async function whileNothingIsKept(work: () => Promise<void>): Promise<void> {
  await database.sql(`
    CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'planned'; END $$;
    CREATE TRIGGER fail BEFORE INSERT ON idempotency_keys FOR EACH ROW EXECUTE FUNCTION fail()`);
  try {
    await work();
  } finally {
    await database.sql("DROP TRIGGER fail ON idempotency_keys; DROP FUNCTION fail()");
  }
}

const everything = (remembers?: string) => digestOf(database, remembers);

function subsets<T>(values: readonly T[]): T[][] {
  const sets: T[][] = [[]];
  for (const value of values) sets.push(...sets.map((set) => [...set, value]));
  return sets;
}

describe.each(mutations.map((mutation) => [mutation.operationId, mutation] as const))(
  "%s",
  (id, mutation) => {
    const known = cases[id];
    const needed = permissions[mutation.permission].scope;
    if (!known || needed === null)
      throw new Error(`${id}: say in this test what it takes and what it refuses`);
    const { good, status, refused, remembers } = known;

    it("is refused to every token without its scope, and then has changed nothing", async () => {
      const world = await makeWorld();
      const short = subsets(tokenScopes.values).filter((set) => set.length > 0 && !set.includes(needed));
      expect(short.length).toBeGreaterThan(0);
      // One after the other, as they wait for each other anyway.
      const tokens: string[] = [];
      for (const scopes of short) tokens.push(await tokenFor(world, scopes));
      const before = await everything();
      for (const token of tokens) expect(await send(id, token, good(world))).toBe(403);
      expect(await everything()).toEqual(before);
    });

    it("needs no other scope than its own", async () => {
      const world = await makeWorld();
      const token = await tokenFor(world, [needed]);
      const before = await everything(remembers);
      expect(await send(id, token, good(world))).toBe(status);
      if (status >= 400) expect(await everything(remembers)).toEqual(before);
      else if (id !== "stopLooking") expect(await everything()).not.toEqual(before);
    });

    it("with a key happens wholly or not at all, and once", async () => {
      const world = await makeWorld();
      const token = await tokenFor(world, [needed]);
      const key = randomUUID();
      const before = await everything();
      await whileNothingIsKept(async () => {
        expect((await answerTo(id, token, good(world), key)).status).toBe(500);
      });
      expect(await everything()).toEqual(before);
      const first = await answerTo(id, token, good(world), key);
      expect(first).toMatchObject({ status, isReplayed: false });
      const after = await everything();
      expect(await answerTo(id, token, good(world), key)).toEqual({ ...first, isReplayed: true });
      expect(await everything()).toEqual(after);
    });

    it.each([...refused])("refused for %s with %i has changed nothing", async (_why, expected, of) => {
      const world = await makeWorld();
      const token = await tokenFor(world, [needed]);
      const before = await everything(remembers);
      expect(await send(id, token, of(world))).toBe(expected);
      expect(await everything(remembers)).toEqual(before);
      expect(mutation.problems.map(toHttpStatus)).toContain(expected);
    });
  },
);
