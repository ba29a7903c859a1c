import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase, userIdOf } from "@/lib/db/testing/database";
import { listFindings } from "@/lib/findings/list-findings";
import { findingGroups, findingSorts } from "@/lib/findings/list-states";
import type { ListedFinding } from "@/lib/findings/list-view";
import { findingNeighbors } from "@/lib/findings/neighbors";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { isOrdered } from "./finding-query";
import { findingQueryText } from "./finding-url";
import { orderOf } from "./orders";

const database = testDatabase();
let acme: TenantContext;
let other: TenantContext;
const total = 48;

/** Ties and absences everywhere: sixteen accounts with three findings each. */
async function fill(ctx: TenantContext) {
  await database.sql(
    `WITH a AS (
       INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id, status, environment)
       SELECT $1::uuid, (400000000000 + i)::text, 'aws', CASE WHEN i % 5 = 0 THEN 'Twin' ELSE 'n' || i END, 'pst_' || $1::text || i,
              'connected', CASE i % 2 WHEN 0 THEN 'production' ELSE 'staging' END
       FROM generate_series(1, 16) i RETURNING id, aws_account_id),
     n AS (SELECT id, aws_account_id::bigint - 400000000000 AS i, c FROM a, generate_series(0, 2) c)
     INSERT INTO findings (tenant_id, account_id, check_id, number, status, observation, severity, score, priority, cause,
                           cause_rank, owner_id, due_at, due_set_by, observation_since, assurance)
     SELECT $1::uuid, id, (ARRAY['cloudtrail.not_multi_region', 'cloudtrail.log_validation_disabled', 'iam.root_mfa_disabled'])[c + 1],
            i * 3 + c, CASE (i + c) % 4 WHEN 3 THEN 'none' ELSE 'open' END,
            (ARRAY['failing', 'failing', 'unknown', 'passing'])[(i + c) % 4 + 1],
            (ARRAY['HIGH', 'MEDIUM', NULL])[i % 3 + 1],
            CASE i % 4 WHEN 0 THEN NULL ELSE 10 * (i % 4) END, CASE i % 4 WHEN 0 THEN NULL ELSE i % 4 END,
            (ARRAY['no-trail', 'validation-off', NULL])[i % 3 + 1], (ARRAY[10, 310, 999])[i % 3 + 1],
            CASE i % 3 WHEN 0 THEN $2::uuid END,
            CASE i % 2 WHEN 0 THEN date_trunc('day', now()) + (i % 9) * interval '3 days' END, 'policy',
            date_trunc('day', now()) - (i % 6) * interval '1 day', CASE c WHEN 0 THEN 'INFERRED' END
     FROM n`,
    [ctx.tenantId, userIdOf(ctx)],
  );
}

beforeAll(async () => {
  acme = await database.makeOrganization("Acme");
  other = await database.makeOrganization("Other");
  await fill(acme);
  await fill(other);
});

const combinations = [undefined, ...findingGroups.values].flatMap((group) =>
  [undefined, ...findingSorts.values].map((sort) => ({ group, sort })).filter(isOrdered),
);

describe.each(combinations)("group $group, sort $sort", (order) => {
  test("every finding is listed once, groups stay together, and neighbors agree", async () => {
    const rows: ListedFinding[] = [];
    let cursor: string | undefined;
    do {
      const page = await listFindings(acme, { ...order, limit: 11, cursor });
      expect(page.total).toBe(total);
      rows.push(...page.rows);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(rows).toHaveLength(total);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(total);
    const whole = await listFindings(acme, { ...order, limit: 200 });
    expect(rows.map(({ id }) => id)).toEqual(whole.rows.map(({ id }) => id));
    if (order.group !== undefined) {
      const starts = rows.filter(({ member }, i) => i === 0 || member !== rows[i - 1]?.member);
      expect(new Set(starts.map(({ member }) => member)).size).toBe(starts.length);
      for (const { member } of starts) {
        expect(whole.groups.get(member)).toBe(rows.filter((row) => row.member === member).length);
      }
    }
    const from = findingQueryText({ ...order, observation: ["failing", "passing", "unknown"] });
    for (const place of [0, 21, total - 1]) {
      const at = await findingNeighbors(acme, rows[place]?.key ?? "", from);
      expect(at).toEqual({
        position: place + 1,
        total,
        isListed: true,
        previous: rows[place - 1]?.key ?? null,
        next: rows[place + 1]?.key ?? null,
      });
    }
  });

  test("a cursor of another order is refused", async () => {
    const { nextCursor } = await listFindings(acme, { ...order, limit: 1 });
    for (const another of [
      { sort: "due" as const },
      { group: "cause" as const },
      { sort: "-priority" as const },
    ]) {
      if (orderOf(another).name === orderOf(order).name) continue;
      await expect(listFindings(acme, { ...another, cursor: nextCursor ?? "" })).rejects.toMatchObject({
        code: "invalid_input",
        message: "The list cannot be continued from there. Start from its beginning.",
      });
    }
  });
});

test("what is most urgent comes first: by score, then what has none, then what could not be read", async () => {
  const { rows } = await listFindings(acme, { limit: 200 });
  const kinds = rows.map(({ observation, assurance }) =>
    assurance === "INFERRED" ? "inferred" : observation,
  );
  const order = ["failing", "unknown", "inferred", "passing"];
  expect(kinds).toEqual([...kinds].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
  const scores = rows.filter(({ observation }) => observation === "failing").map(({ score }) => score ?? -1);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
});

test("a minus turns the order around within each group", async () => {
  const ids = async (query: Parameters<typeof listFindings>[1]) =>
    (await listFindings(acme, { ...query, limit: 200 })).rows.map(({ id }) => id);
  for (const sort of ["priority", "severity", "due", "observationSince", "account"] as const) {
    expect(await ids({ sort: `-${sort}` })).toEqual((await ids({ sort })).reverse());
  }
  const members = async (sort: "due" | "-due") => [
    ...new Set(
      (await listFindings(acme, { group: "cause", sort, limit: 200 })).rows.map(({ member }) => member),
    ),
  ];
  expect(await members("-due")).toEqual(["10", "310", "999"]);
  expect(await members("due")).toEqual(["10", "310", "999"]);
});

test("a finding outside of the list has neighbors and says so; one of another organization is none", async () => {
  const { rows } = await listFindings(acme, { observation: ["passing"], limit: 1 });
  const key = rows[0]?.key ?? "";
  const failing = await listFindings(acme, { observation: ["failing"] });
  expect(await findingNeighbors(acme, key, "observation=failing")).toMatchObject({
    isListed: false,
    next: null,
    total: failing.total,
  });
  const passing = await listFindings(other, { observation: ["passing"], limit: 1 });
  expect(await findingNeighbors(acme, passing.rows[0]?.id ?? "", "")).toBeNull();
  expect(await findingNeighbors(acme, "nonsense", "")).toBeNull();
  // Whatever stands in the address, the list of what needs work is what one came from.
  expect(await findingNeighbors(acme, key, "severity=WORSE&%%%")).toMatchObject({ isListed: false });
});
