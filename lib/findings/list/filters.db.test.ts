import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase, userIdOf } from "@/lib/db/testing/database";
import { listFindings } from "@/lib/findings/list-findings";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withDefaultView } from "./default-view";
import type { FindingQuery } from "./finding-query";

const database = testDatabase();
let acme: TenantContext;
let mina: TenantContext;
const checks = ["cloudtrail.not_multi_region", "cloudtrail.log_validation_disabled"];

interface Row {
  readonly name: string;
  readonly environment?: string;
  readonly columns?: Readonly<Record<string, unknown>>;
}

async function finding({ name, environment = "production", columns = {} }: Row): Promise<string> {
  const accountId = randomUUID();
  await database.sql(
    `INSERT INTO accounts (tenant_id, id, aws_account_id, partition, name, external_id, status, environment)
     VALUES ($1, $2, lpad((random() * 1e11)::bigint::text, 12, '1'), 'aws', $3, 'pst_' || md5($3), 'connected', $4)`,
    [acme.tenantId, accountId, name, environment],
  );
  const given = { check_id: checks[0], status: "open", observation: "failing", severity: "HIGH", ...columns };
  const names = Object.keys(given);
  const [row] = await database.sql<{ id: string }>(
    `INSERT INTO findings (tenant_id, account_id, observation_since, ${names.join(", ")})
     VALUES ($1, $2, now(), ${names.map((_, i) => `$${i + 3}`).join(", ")}) RETURNING id::text`,
    [acme.tenantId, accountId, ...Object.values(given)],
  );
  return row?.id ?? "";
}

/** A day in Berlin, so many days from today, at its end. */
async function dueIn(days: number): Promise<{ due_at: Date; due_set_by: string }> {
  const [row] = await database.sql<{ at: Date }>(
    `SELECT ((now() AT TIME ZONE 'Europe/Berlin')::date + $1::int + 1)::timestamp AT TIME ZONE 'Europe/Berlin'
            - interval '1 millisecond' AS at`,
    [days],
  );
  return { due_at: row?.at ?? new Date(), due_set_by: "policy" };
}

const dayIn = async (days: number) => (await dueIn(days)).due_at.toISOString().slice(0, 10);

beforeAll(async () => {
  acme = await database.makeOrganization("Acme");
  mina = await database.makeMember(acme, "member");
  await database.sql("INSERT INTO triage_settings (tenant_id, time_zone) VALUES ($1, 'Europe/Berlin')", [
    acme.tenantId,
  ]);
  const regions = ["eu-west-2", "us-east-1"];
  await finding({
    name: "mina",
    columns: { owner_id: userIdOf(mina), priority: 1, score: 80, cause: "no-trail", cause_rank: 10 },
  });
  await finding({ name: "staged", environment: "staging", columns: { priority: 2, blind_regions: regions } });
  await finding({ name: "over", columns: { ...(await dueIn(-1)), severity: "LOW" } });
  await finding({ name: "today", columns: { ...(await dueIn(0)), episode: 2 } });
  await finding({ name: "later", columns: { ...(await dueIn(5)), comebacks: 3, check_id: checks[1] } });
  await finding({ name: "done", columns: { ...(await dueIn(-3)), status: "closed_out_of_scope" } });
  await finding({ name: "blind", columns: { status: "none", observation: "unknown", severity: null } });
  const passing = { status: "none", observation: "passing", severity: null };
  await finding({ name: "passing", columns: { ...passing, assurance: "VERIFIED" } });
  await finding({ name: "guessed", columns: { ...passing, assurance: "INFERRED" } });
  const refuted = await finding({ name: "refuted", columns: { episode: 1, status: "in_progress" } });
  const old = await finding({ name: "old claim", columns: { episode: 2 } });
  const claimed = await finding({ name: "claimed", columns: { status: "awaiting_verification" } });
  await database.sql(
    `INSERT INTO claims (tenant_id, finding_id, episode, claimed_from, claimed_by, ended_at, ending)
     VALUES ($1, $2, 1, 'open', 'x', now(), 'refuted'), ($1, $3, 1, 'open', 'x', now(), 'refuted'),
            ($1, $4, 0, 'open', 'x', NULL, NULL)`,
    [acme.tenantId, refuted, old, claimed],
  );
});

const open = ["claimed", "later", "mina", "old claim", "over", "refuted", "staged", "today"];

const names = async (query: FindingQuery, ctx = acme) => {
  const { rows, total } = await listFindings(ctx, { ...query, limit: 100 });
  expect(total).toBe(rows.length);
  return rows.map(({ accountName }) => accountName).sort();
};

describe("each filter", () => {
  test.each<[FindingQuery, readonly string[]]>([
    [{ observation: ["unknown", "passing"] }, ["blind", "guessed", "passing"]],
    [{ status: ["in_progress", "awaiting_verification"] }, ["claimed", "refuted"]],
    [{ severity: ["LOW"] }, ["over"]],
    [{ priority: ["P1", "P2"] }, ["mina", "staged"]],
    [{ environment: ["staging", "sandbox"] }, ["staged"]],
    [{ region: ["eu-west-2", "eu-north-1"] }, ["staged"]],
    [{ due: "overdue" }, ["over"]],
    [{ due: "today" }, ["today"]],
    [{ due: "week" }, ["later", "today"]],
    [{ episode: "2.." }, ["old claim", "today"]],
    [{ episode: "1" }, ["refuted"]],
    [{ comebacks: "1.." }, ["later"]],
    [{ claim: ["failed"] }, ["refuted"]],
    [{ claim: ["open"] }, ["claimed"]],
    [{ claim: ["open", "failed"] }, ["claimed", "refuted"]],
    [{ checkId: [checks[1] ?? ""] }, ["later"]],
    [{ cause: ["no-trail", "validation-off"] }, ["mina"]],
    [{ assurance: ["INFERRED"] }, ["guessed"]],
    [{ owner: [randomUUID()] }, []],
    [{ accountId: [randomUUID()] }, []],
    [{ due: "overdue", severity: ["HIGH"] }, []],
    [{ q: "eu-west-2" }, ["staged"]],
    [{ q: "eu-west" }, []],
    [{ q: "st", environment: ["staging"] }, ["staged"]],
  ])("%j", async (query, expected) => {
    expect(await names(query)).toEqual(expected);
    // The same in every order and group.
    expect(await names({ ...query, group: "cause", sort: "-due" })).toEqual(expected);
    expect(await names({ ...query, group: "dueWeek" })).toEqual(expected);
    expect(await names({ ...query, group: "account", sort: "severity" })).toEqual(expected);
    expect(await names({ ...query, group: "owner", sort: "account" })).toEqual(expected);
  });

  test("days are the organization's", async () => {
    expect(await names({ due: `${await dayIn(-1)}..${await dayIn(0)}` })).toEqual(["over", "today"]);
    expect(await names({ due: `${await dayIn(1)}..` })).toEqual(["later"]);
    expect(await names({ due: `..${await dayIn(-1)}` })).toEqual(["over"]);
    const { rows } = await listFindings(acme, { sort: "due", limit: 3 });
    expect(rows.map(({ daysLeft, isOverdue, dueDay }) => [daysLeft, isOverdue, dueDay])).toEqual([
      [-3, false, await dayIn(-3)],
      [-1, true, await dayIn(-1)],
      [0, false, await dayIn(0)],
    ]);
  });

  test("me is whoever asks, and nobody's findings are told apart", async () => {
    expect(await names({ owner: ["me"] })).toEqual([]);
    expect(await names({ owner: ["me"] }, mina)).toEqual(["mina"]);
    expect(await names({ owner: [userIdOf(mina)] })).toEqual(["mina"]);
    expect(await names({ owner: ["me", "none"] }, mina)).toHaveLength(12);
    expect(await names({ owner: ["none"], status: ["open"] })).not.toContain("mina");
    // A worker is nobody.
    expect(await names({ owner: ["me"] }, await database.systemContext(acme))).toEqual([]);
    const [row] = (await listFindings(acme, { owner: [userIdOf(mina)] })).rows;
    expect(row?.owner).toEqual({ id: userIdOf(mina), name: expect.stringMatching(/^Person \d+$/) });
  });
});

test("what needs work is what is open, and what could not be read", async () => {
  expect(await names(withDefaultView({}))).toEqual([...open, "blind"].sort());
  const { counts, total } = await listFindings(acme, withDefaultView({}));
  expect(total).toBe(9);
  expect(counts).toMatchObject({
    needsWork: 9,
    inferred: 1,
    observation: { failing: 9, unknown: 1, passing: 2 },
  });
  // The tabs of passes do not empty the others.
  const guessed = await listFindings(
    acme,
    withDefaultView({ observation: ["passing"], assurance: ["INFERRED"] }),
  );
  expect(guessed.counts).toEqual(counts);
  expect(guessed.total).toBe(1);
});

test("groups are counted over all pages", async () => {
  const byOwner = await listFindings(acme, { group: "owner", limit: 1 });
  expect([...byOwner.groups.values()].sort()).toEqual([1, 11]);
  const byCause = await listFindings(acme, { group: "cause", limit: 1, observation: ["failing"] });
  expect(byCause.groups.get("10")).toBe(1);
  expect(byCause.groups.get("999")).toBe(8);
  const byWeek = await listFindings(acme, { group: "dueWeek", limit: 1 });
  expect(byWeek.groups.get(null)).toBe(8);
});
