import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { limits } from "@/lib/auth/rate-limit";
import { testDatabase, userIdOf } from "@/lib/db/testing/database";
import { everything } from "@/lib/db/testing/everything";
import { type BulkResult, bulkLimit, skipReasons } from "@/lib/findings/bulk-states";
import { getFinding } from "@/lib/findings/get-finding";
import { editFinding } from "@/lib/findings/triage/edit-finding";
import { disablePerson } from "@/lib/members/disable-person";
import { requireTenantFromToken } from "@/lib/tenancy/require-tenant";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { createToken } from "@/lib/tokens/tokens";
import { changeFindings } from "./change-findings";

const database = testDatabase();
type Change = Parameters<typeof changeFindings>[1];

let admin: TenantContext;
let lead: TenantContext;
let mina: TenantContext;
let member: TenantContext;
let auditor: TenantContext;
/** What a finding is called by its state; the same in each world. */
let keyOf: Record<(typeof states)[number][0], string>;

/** Name, status, observation, status of the account, and what else. */
const states = [
  ["open", "open", "failing", "connected"],
  ["owned", "in_progress", "failing", "connected"],
  ["claimed", "awaiting_verification", "failing", "connected"],
  ["never", "none", "passing", "connected"],
  ["gone", "closed_out_of_scope", "failing", "disconnected"],
  ["unreadable", "open", "failing", "unreachable"],
  ["back", "open", "failing", "connected"],
  ["scanning", "open", "failing", "connected"],
  ["passing", "open", "passing", "connected"],
  ["unknown", "open", "unknown", "connected"],
] as const;

const dueAt = "2027-03-01T11:00:00.000Z";

beforeEach(async () => {
  admin = await database.makeOrganization("Acme");
  lead = await database.makeMember(admin, "lead");
  mina = await database.makeMember(admin, "member");
  member = await database.makeMember(admin, "member");
  auditor = await database.makeMember(admin, "auditor");
  const keys: [string, string][] = [];
  for (const [at, [name, status, observation, account]] of states.entries()) {
    const accountId = await addAccount(admin, account);
    const { id, key } = await addFinding(admin, accountId, {
      status,
      observation,
      number: status === "none" ? null : at + 1,
      owner: name === "owned" || name === "claimed" ? userIdOf(mina) : null,
      dueAt: name === "owned" ? dueAt : null,
      episode: name === "back" ? 3 : 1,
    });
    keys.push([name, key]);
    if (name === "claimed")
      await database.sql(
        `INSERT INTO claims (tenant_id, finding_id, episode, claimed_from, claimed_by) VALUES ($1, $2, 1, 'open', 'system')`,
        [admin.tenantId, id],
      );
    if (name === "owned")
      await database.sql(
        "INSERT INTO finding_watchers (tenant_id, finding_id, user_id) VALUES ($1, $2, $3), ($1, $2, $4)",
        [admin.tenantId, id, userIdOf(mina), userIdOf(lead)],
      );
    if (name === "scanning")
      await database.sql(
        `INSERT INTO scans (tenant_id, number, account_id, trigger, status, attempt) VALUES ($1, 900, $2, 'manual', 'queued', 0)`,
        [admin.tenantId, accountId],
      );
  }
  keyOf = Object.fromEntries(keys) as typeof keyOf;
});

let accounts = 0;

async function addAccount({ tenantId }: TenantContext, status = "connected"): Promise<string> {
  const id = randomUUID();
  await database.sql(
    `INSERT INTO accounts (tenant_id, id, aws_account_id, partition, name, external_id, role_arn, status, connected_at)
     VALUES ($1, $2::uuid, $3, 'aws', 'prod', $2::text, 'x', $4, now())`,
    [tenantId, id, String(100_000_000_000 + ++accounts), status],
  );
  return id;
}

async function addFinding(
  { tenantId }: TenantContext,
  accountId: string,
  finding: {
    number: number | null;
    status?: string;
    observation?: string;
    owner?: string | null;
    dueAt?: string | null;
    episode?: number;
    checkId?: string;
  },
): Promise<{ id: string; key: string }> {
  const id = randomUUID();
  await database.sql(
    `INSERT INTO findings (tenant_id, id, account_id, check_id, number, status, observation, observation_since, owner_id,
                           due_at, due_set_by, episode)
     VALUES ($1, $2, $3, $4, $5, $6, $7, now(), $8, $9::timestamptz, CASE WHEN $9 IS NOT NULL THEN 'policy' END, $10)`,
    [
      tenantId,
      id,
      accountId,
      finding.checkId ?? "cloudtrail.not_multi_region",
      finding.number,
      finding.status ?? "open",
      finding.observation ?? "failing",
      finding.owner ?? null,
      finding.dueAt ?? null,
      finding.episode ?? 1,
    ],
  );
  return { id, key: finding.number === null ? id : `PST-${finding.number}` };
}

const all = () => Object.values(keyOf);
const assign = (ownerId: string | null) => ({ action: "assign", value: { ownerId } }) as const;
const due = { action: "due", value: { dueAt, dueReason: "Change freeze" } } as const;
const claim = { action: "claim" } as const;

/** What happened by the names of the findings: done, or why not. */
function told({ done, skipped }: BulkResult): Record<string, string> {
  const said = new Map<string, string>([
    ...done.map((key) => [key, "done"] as const),
    ...skipped.map(({ key, reason }) => [key, reason] as const),
  ]);
  return Object.fromEntries(Object.entries(keyOf).map(([name, key]) => [name, said.get(key) ?? "not said"]));
}

const everywhere = (word: string) => Object.fromEntries(states.map(([name]) => [name, word]));

const cases: readonly (readonly [
  who: "lead" | "mina" | "member",
  what: string,
  change: () => Omit<Change, "keys">,
  said: Record<string, string>,
])[] = [
  [
    "lead",
    "assigns",
    () => assign(userIdOf(mina)),
    { owned: "already_assigned", claimed: "already_assigned" },
  ],
  [
    "lead",
    "takes everybody off",
    () => assign(null),
    { ...everywhere("already_assigned"), owned: "done", claimed: "done" },
  ],
  [
    "mina",
    "gives away what she owns",
    () => assign(null),
    { ...everywhere("not_allowed"), owned: "done", claimed: "done" },
  ],
  ["member", "assigns", () => assign(userIdOf(mina)), everywhere("not_allowed")],
  ["lead", "sets a due date", () => due, { owned: "already_due", never: "not_open", gone: "not_open" }],
  ["member", "sets a due date", () => due, everywhere("not_allowed")],
  ["lead", "watches", () => ({ action: "watch" }), { owned: "already_watched" }],
  ["member", "watches", () => ({ action: "watch" }), {}],
  [
    "lead",
    "watches no longer",
    () => ({ action: "unwatch" }),
    { ...everywhere("not_watched"), owned: "done" },
  ],
  [
    "lead",
    "claims",
    () => claim,
    {
      claimed: "already_claimed",
      never: "not_open",
      gone: "not_open",
      unreadable: "account_unreadable",
      back: "guardrail_needed",
    },
  ],
  [
    "lead",
    "claims with a guardrail",
    () => ({ ...claim, value: { note: "Rolled out", guardrail: "SCP" } }),
    { claimed: "already_claimed", never: "not_open", gone: "not_open", unreadable: "account_unreadable" },
  ],
  [
    "mina",
    "claims",
    () => claim,
    { ...everywhere("not_allowed"), owned: "done", claimed: "already_claimed" },
  ],
  [
    "lead",
    "scans",
    () => ({ action: "scan" }),
    { gone: "account_not_connected", scanning: "scan_under_way" },
  ],
  [
    "member",
    "scans",
    () => ({ action: "scan" }),
    { never: "passing", gone: "account_not_connected", scanning: "scan_under_way", passing: "passing" },
  ],
];

describe("a change of many findings", () => {
  test.each(cases)(
    "a %s who %s is told before what then happens, and before that nothing does",
    async (...args) => {
      const [who, , change, differently] = args;
      const ctx = { lead, mina, member }[who];
      const before = await everything(database);
      const previewed = await changeFindings(ctx, { ...change(), keys: all(), preview: true } as Change);
      expect(await everything(database)).toEqual(before);
      expect(told(previewed)).toEqual({ ...everywhere("done"), ...differently });
      const made = await changeFindings(ctx, { ...change(), keys: all() } as Change);
      expect(made).toEqual(previewed);
      expect(made.matched).toBe(states.length);
      // Each has its own version, line of history and line of the audit log, or none of them.
      const versions = await database.sql<{ id: string; version: number }>(
        "SELECT coalesce('PST-' || number, id::text) AS id, version FROM findings WHERE tenant_id = $1",
        [admin.tenantId],
      );
      const raises = !["watch", "unwatch", "scan"].includes(change().action);
      for (const { id, version } of versions) {
        expect([id, version]).toEqual([id, raises && made.done.includes(id) ? 2 : 1]);
      }
      const lines = await database.sql(
        "SELECT 1 FROM finding_events WHERE tenant_id = $1 UNION ALL SELECT 1 FROM audit_log WHERE tenant_id = $1 AND action LIKE 'finding.%'",
        [admin.tenantId],
      );
      expect(lines.length).toBe(raises ? 2 * made.done.length : 0);
      // Once more there is nothing to do.
      const again = await changeFindings(ctx, { ...change(), keys: all() } as Change);
      expect(again.done).toEqual([]);
    },
  );

  test("is made as the same change of one finding is", async () => {
    await changeFindings(lead, { keys: [keyOf.open], ...assign(userIdOf(mina)) });
    await changeFindings(lead, { keys: [keyOf.open], ...due });
    await changeFindings(mina, { keys: [keyOf.open], ...claim, value: { note: "Rolled out" } });
    await changeFindings(mina, { keys: [keyOf.open], action: "watch" });
    const finding = await getFinding(lead, keyOf.open);
    expect(finding).toMatchObject({
      status: "awaiting_verification",
      activeScanNumber: expect.any(Number),
      triage: {
        owner: { id: userIdOf(mina) },
        dueAt,
        claim: { note: "Rolled out", by: mina.principal.name },
        watchers: [{ id: userIdOf(mina) }],
      },
    });
    expect(finding.history.map(({ text, actor }) => [text, actor])).toEqual([
      ["Claimed fixed. Rolled out", mina.principal.name],
      ["Due date changed: Change freeze", lead.principal.name],
      [`Assigned to ${mina.principal.name}.`, lead.principal.name],
    ]);
  });

  test("takes each finding once, however it is written, and says what it does not know as it was written", async () => {
    const { id } = await getFinding(lead, keyOf.open);
    const keys = ["pst-1", "PST-1", id.toUpperCase(), "PST-999", "nonsense", "PST-999"];
    expect(await changeFindings(lead, { keys, ...assign(userIdOf(mina)) })).toEqual({
      matched: 3,
      done: ["PST-1"],
      skipped: [
        { key: "PST-999", reason: "not_found" },
        { key: "nonsense", reason: "not_found" },
      ],
    });
  });

  test("takes what a filter of the list lets through, in its order and as it is when it begins", async () => {
    const filter = { owner: ["none"], observation: ["failing"] };
    const expected = [keyOf.open, keyOf.unreadable, keyOf.back, keyOf.scanning].sort();
    const change = { filter, ...assign(userIdOf(mina)) } as Change;
    const previewed = await changeFindings(lead, { ...change, preview: true });
    // Out of scope counts as failing until somebody connects the account again.
    expect([...previewed.done].sort()).toEqual([...expected, keyOf.gone].sort());
    const made = await changeFindings(lead, change);
    expect(made).toEqual(previewed);
    // Nothing matches any more.
    expect(await changeFindings(lead, change)).toEqual({ matched: 0, done: [], skipped: [] });
    const mine = { filter: { owner: ["me"] }, ...claim } as Change;
    expect((await changeFindings(mina, { ...mine, preview: true })).matched).toBe(7);
    expect((await changeFindings(lead, { ...mine, preview: true })).matched).toBe(0);
    const passing = { filter: { status: ["none"] }, ...assign(userIdOf(mina)) } as Change;
    expect((await changeFindings(lead, passing)).done).toEqual([keyOf.never]);
  });

  test("by a filter is refused when more match than can be changed at once", async () => {
    await database.sql(
      `WITH a AS (
         INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id, role_arn, status, connected_at)
         SELECT $1, (300000000000 + n)::text, 'aws', 'many', gen_random_uuid()::text, 'x', 'connected', now()
         FROM generate_series(1, 501) n RETURNING id, right(aws_account_id, 4)::int AS n)
       INSERT INTO findings (tenant_id, id, account_id, check_id, number, status, observation, observation_since, episode)
       SELECT $1, gen_random_uuid(), a.id, 'cloudtrail.not_multi_region', 1000 + a.n, 'open', 'failing', now(), 1 FROM a`,
      [admin.tenantId],
    );
    const many = { filter: { q: "many" }, ...assign(userIdOf(mina)) } as Change;
    const before = await everything(database);
    await expect(changeFindings(lead, many)).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining("More than 500 findings match"),
    });
    expect(await everything(database)).toEqual(before);
    await database.sql("DELETE FROM findings WHERE tenant_id = $1 AND number = 1501", [admin.tenantId]);
    expect((await changeFindings(lead, { ...many, preview: true })).matched).toBe(500);
  });

  test("knows no finding of another organization", async () => {
    const other = await database.makeOrganization("Other");
    const theirs = await addFinding(other, await addAccount(other), { number: 77 });
    const before = await everything(database);
    for (const change of [
      assign(null),
      due,
      claim,
      { action: "scan" } as const,
      { action: "watch" } as const,
    ]) {
      const { done, skipped } = await changeFindings(admin, { keys: [theirs.id, theirs.key], ...change });
      expect(done).toEqual([]);
      expect(skipped.map(({ reason }) => reason)).toEqual(["not_found", "not_found"]);
    }
    expect(await everything(database)).toEqual(before);
  });

  test("is refused as a whole to who may change none, and where what is asked for makes no sense", async () => {
    const stranger = await database.makeOrganization("Strangers");
    const disabled = await database.makeMember(admin, "member");
    await disablePerson(userIdOf(disabled));
    const before = await everything(database);
    for (const change of [
      assign(null),
      due,
      claim,
      { action: "scan" } as const,
      { action: "watch" } as const,
    ]) {
      for (const preview of [true, false]) {
        await expect(changeFindings(auditor, { keys: all(), ...change, preview })).rejects.toMatchObject({
          code: "forbidden",
        });
      }
    }
    for (const owner of [auditor, stranger, disabled]) {
      await expect(changeFindings(lead, { keys: all(), ...assign(userIdOf(owner)) })).rejects.toMatchObject({
        code: "invalid_input",
        fields: { ownerId: expect.any(String) },
      });
    }
    const refused: unknown[] = [
      { keys: [], ...claim },
      { keys: Array.from({ length: bulkLimit + 1 }, (_, n) => `PST-${n + 1}`), ...claim },
      { keys: all(), action: "resolve" },
      { keys: all(), action: "due", value: { dueAt } },
      { keys: all(), action: "due", value: { dueAt, dueReason: "  " } },
      { keys: all(), action: "due", value: { dueAt: "tomorrow", dueReason: "x" } },
      { keys: all(), action: "claim", value: { ownerId: null } },
      { keys: all(), action: "scan", value: {} },
      { ...claim },
      { ...claim, keys: all(), filter: {} },
      { ...claim, filter: { moon: "full" } },
      { ...claim, filter: { severity: ["MOON"] } },
      { ...claim, filter: { sort: "due" } },
    ];
    for (const input of refused) {
      await expect(changeFindings(lead, input as Change)).rejects.toMatchObject({ code: "invalid_input" });
    }
    expect(await everything(database)).toEqual(before);
  });

  test("of 500 findings is done in one go", async () => {
    const keys: string[] = [];
    const accountIds = await database.sql<{ id: string }>(
      `INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id, role_arn, status, connected_at)
       SELECT $1, (200000000000 + n)::text, 'aws', 'prod', gen_random_uuid()::text, 'x', 'connected', now()
       FROM generate_series(1, 500) n RETURNING id::text`,
      [admin.tenantId],
    );
    await database.sql(
      `INSERT INTO findings (tenant_id, id, account_id, check_id, number, status, observation, observation_since, episode)
       SELECT $1, gen_random_uuid(), a, 'cloudtrail.not_multi_region', 1000 + n, 'open', 'failing', now(), 1
       FROM unnest($2::uuid[]) WITH ORDINALITY AS x(a, n)`,
      [admin.tenantId, accountIds.map(({ id }) => id)],
    );
    for (let n = 1; n <= bulkLimit; n += 1) keys.push(`PST-${1000 + n}`);
    const result = await changeFindings(lead, { keys, ...assign(userIdOf(mina)) });
    expect(result).toEqual({ matched: 500, done: keys, skipped: [] });
    const owners = await database.sql(
      "SELECT 1 FROM findings WHERE tenant_id = $1 AND number > 1000 AND owner_id = $2 AND version = 2",
      [admin.tenantId, userIdOf(mina)],
    );
    expect(owners.length).toBe(500);
  }, 60_000);

  test("and another one at once change each finding once, and the later of the two is told so", async () => {
    const keys = [keyOf.open, keyOf.unreadable, keyOf.back, keyOf.scanning, keyOf.passing, keyOf.unknown];
    const [one, other] = await Promise.all([
      changeFindings(lead, { keys, ...assign(userIdOf(mina)) }),
      changeFindings(admin, { keys: [...keys].reverse(), ...assign(userIdOf(member)) }),
    ]);
    const changes = await database.sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM finding_events WHERE tenant_id = $1 AND kind = 'assigned'`,
      [admin.tenantId],
    );
    expect(one.done.length + other.done.length).toBe(changes[0]?.n);
    for (const key of keys) {
      const outcome = [one, other].map(({ done, skipped }) =>
        done.includes(key) ? "done" : skipped.find((row) => row.key === key)?.reason,
      );
      // Either the two took turns from the start, or the second found that it had read an older one.
      expect(outcome.filter((word) => word === "done").length).toBeGreaterThan(0);
      expect(outcome.filter((word) => word !== "done" && word !== "version_changed")).toEqual([]);
    }
  });

  test("leaves a finding that changes while it goes on", async () => {
    const { version } = (await getFinding(lead, keyOf.back)).triage;
    const result = await changeFindings(
      lead,
      { keys: [keyOf.open, keyOf.back], ...assign(userIdOf(mina)) },
      {
        step: async (name, work) => {
          if (name === keyOf.open)
            await editFinding(admin, { key: keyOf.back, version, ticketUrl: "https://tickets.example/1" });
          return work();
        },
      },
    );
    expect(result).toEqual({
      matched: 2,
      done: [keyOf.open],
      skipped: [{ key: keyOf.back, reason: "version_changed" }],
    });
  });

  test("says which one our own mistake kept from it, and does the others", async () => {
    await database.sql(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF OLD.number = 7 THEN RAISE 'planned'; END IF; RETURN NEW; END $$;
      CREATE TRIGGER refuse BEFORE UPDATE ON findings FOR EACH ROW EXECUTE FUNCTION refuse()`);
    try {
      const keys = [keyOf.open, keyOf.back, keyOf.unknown];
      expect(await changeFindings(lead, { keys, ...assign(userIdOf(mina)) })).toEqual({
        matched: 3,
        done: [keyOf.open, keyOf.unknown],
        skipped: [{ key: keyOf.back, reason: "failed" }],
      });
    } finally {
      await database.sql("DROP TRIGGER refuse ON findings; DROP FUNCTION refuse()");
    }
    expect((await getFinding(lead, keyOf.back)).history).toEqual([]);
  });

  test("counts a member's scans as one by one, and says from where on the hour is full", async () => {
    const keys: string[] = [];
    for (let n = 0; n < limits.memberScansByPerson.max + 2; n += 1) {
      keys.push((await addFinding(admin, await addAccount(admin), { number: 100 + n })).key);
    }
    const over = keys
      .slice(limits.memberScansByPerson.max)
      .map((key) => ({ key, reason: "scan_limit_reached" }));
    const previewed = await changeFindings(member, { keys, action: "scan", preview: true });
    expect(previewed.skipped).toEqual(over);
    const made = await changeFindings(member, { keys, action: "scan" });
    expect(made).toEqual(previewed);
    // A lead is not counted.
    expect((await changeFindings(lead, { keys, action: "scan" })).done.length).toBe(2);
  }, 30_000);

  test("scans an account once for all of its findings", async () => {
    const accountId = await addAccount(admin);
    const one = await addFinding(admin, accountId, { number: 200 });
    const other = await addFinding(admin, accountId, { number: 201, checkId: "another.check" });
    const result = await changeFindings(lead, { keys: [one.key, other.key], action: "scan" });
    expect(result).toEqual({
      matched: 2,
      done: [one.key],
      skipped: [{ key: other.key, reason: "scan_under_way" }],
    });
  });

  test("by a token reaches as far as its scopes", async () => {
    const tokenWith = async (scopes: ("write:finding" | "verify" | "scan")[]) => {
      const { token } = await createToken(admin, { name: "test", scopes, days: 1 });
      return requireTenantFromToken(`Bearer ${token}`, "finding.triage");
    };
    const writer = await tokenWith(["write:finding"]);
    const verifier = await tokenWith(["write:finding", "verify"]);
    const scanner = await tokenWith(["write:finding", "scan"]);
    const keys = [keyOf.open];
    for (const [ctx, change] of [
      [writer, claim],
      [scanner, claim],
      [writer, { action: "scan" }],
      [verifier, { action: "scan" }],
      [writer, { action: "watch" }],
    ] as const) {
      await expect(changeFindings(ctx, { keys, ...change })).rejects.toMatchObject({ code: "forbidden" });
    }
    expect((await changeFindings(writer, { keys, ...assign(userIdOf(mina)) })).done).toEqual(keys);
    expect((await changeFindings(verifier, { keys, ...claim })).done).toEqual(keys);
    expect((await changeFindings(scanner, { keys: [keyOf.unknown], action: "scan" })).done).toEqual([
      keyOf.unknown,
    ]);
  });

  test("has a word for every reason, and each of them is met here", () => {
    const met = new Set(cases.flatMap(([, , , said]) => Object.values(said)));
    const elsewhere = ["not_found", "version_changed", "failed", "scan_limit_reached"];
    expect([...met, ...elsewhere].filter((word) => word !== "done").sort()).toEqual(
      [...skipReasons.values].sort(),
    );
  });
});
