import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase, userIdOf } from "@/lib/db/testing/database";
import { postComment } from "@/lib/findings/comments/post-comment";
import { getFinding } from "@/lib/findings/get-finding";
import type { TimelineFilter } from "@/lib/findings/timeline-states";
import type { TimelineLine } from "@/lib/findings/timeline-view";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { createToken } from "@/lib/tokens/tokens";
import { listEvents } from "./list-events";
import { readTimeline } from "./read-timeline";

const database = testDatabase();
const key = "PST-1";

let admin: TenantContext;
let auditor: TenantContext;
let findingId: string;

beforeEach(async () => {
  admin = await database.makeOrganization("Acme");
  auditor = await database.makeMember(admin, "auditor");
  const [finding] = await database.sql<{ id: string }>(
    `WITH account AS (
       INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id, status)
       VALUES ($1, '111111111111', 'aws', 'prod', $2, 'connected') RETURNING id)
     INSERT INTO findings (tenant_id, account_id, check_id, number, status, observation, observation_since)
     SELECT $1, id, 'cloudtrail.not_multi_region', 1, 'open', 'failing', now() FROM account RETURNING id::text`,
    [admin.tenantId, randomUUID()],
  );
  findingId = finding?.id ?? "";
});

/** Writes an event so many minutes ago. */
async function happened(
  minutesAgo: number,
  kind: string,
  more: { text?: string; actor?: string; unchanged?: number; before?: object; after?: object } = {},
): Promise<void> {
  await database.sql(
    `INSERT INTO finding_events (tenant_id, month, finding_id, at, kind, actor, text, unchanged_before, before, after)
     VALUES ($1, date_trunc('month', now() AT TIME ZONE 'UTC')::date, $2, now() - make_interval(mins => $3), $4, $5, $6, $7, $8, $9)`,
    [
      admin.tenantId,
      findingId,
      minutesAgo,
      kind,
      more.actor ?? "system",
      more.text ?? `${kind}.`,
      more.unchanged ?? 0,
      JSON.stringify(more.before ?? null),
      JSON.stringify(more.after ?? null),
    ],
  );
}

const short = (line: TimelineLine) =>
  line.type === "comment" ? `“${line.body}”` : `${line.kind}${line.times > 1 ? ` ×${line.times}` : ""}`;

async function whole(filter: TimelineFilter, ctx = admin): Promise<string[]> {
  const read: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await readTimeline(ctx, { key, filter, ...(cursor ? { cursor } : {}) });
    read.push(...page.lines.map(short));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return read;
}

describe("a timeline", () => {
  beforeEach(async () => {
    await happened(60, "detected");
    await happened(50, "assigned", { actor: `user:${userIdOf(admin)}`, unchanged: 41 });
    await happened(40, "started", { actor: `user:${userIdOf(admin)}` });
    await happened(30, "now_passing", { unchanged: 7 });
    await database.sql(
      "UPDATE findings SET unchanged_checks = 3, last_checked_at = now() - interval '10 minutes' WHERE id = $1",
      [findingId],
    );
    await postComment(admin, { key, body: "Done." });
  });

  test("is one stream of events, comments and scans that said nothing new", async () => {
    expect(await whole("all")).toEqual([
      "“Done.”",
      "still_passing ×3",
      "now_passing",
      "still_failing ×7",
      "started",
      "assigned",
      "still_failing ×41",
      "detected",
    ]);
    expect((await getFinding(admin, key, "all")).timeline.lines.map(short)).toEqual(await whole("all"));
  });

  test("is narrowed down by its filters", async () => {
    expect(await whole("status")).toEqual(["started", "detected"]);
    expect(await whole("people")).toEqual(["“Done.”", "started", "assigned"]);
    // What people did between two of them keeps scans apart in the whole stream alone.
    expect(await whole("scans")).toEqual([
      "still_passing ×3",
      "now_passing",
      "still_failing ×48",
      "detected",
    ]);
    expect(await whole("people", auditor)).toEqual(["started", "assigned"]);
  });

  test("places the scans since the last event among comments by their time", async () => {
    await database.sql("UPDATE findings SET last_checked_at = now() + interval '1 hour' WHERE id = $1", [
      findingId,
    ]);
    expect((await whole("all")).slice(0, 2)).toEqual(["still_passing ×3", "“Done.”"]);
  });

  test("comes without comments where nobody asked for its beginning", async () => {
    const { timeline, history } = await getFinding(admin, key);
    expect(timeline.lines.map(({ type }) => type)).not.toContain("comment");
    expect(history.map(({ kind }) => kind)).toHaveLength(7);
  });
});

test("is read page by page without losing a line or counting a scan twice", async () => {
  await database.sql(
    `INSERT INTO finding_events (tenant_id, month, finding_id, at, kind, actor, text, unchanged_before)
     SELECT $1, date_trunc('month', now() AT TIME ZONE 'UTC')::date, $2, now() - make_interval(mins => 1000 - n),
            CASE n % 2 WHEN 0 THEN 'failing_again' ELSE 'now_passing' END, 'system', 'Event ' || n, least(n, 1)
     FROM generate_series(0, 259) AS n`,
    [admin.tenantId, findingId],
  );
  const lines: TimelineLine[] = [...(await getFinding(admin, key, "all")).timeline.lines];
  expect(lines.length).toBeLessThanOrEqual(40);
  let cursor: string | null | undefined = lines.at(-1)?.cursor;
  while (cursor) {
    const page = await readTimeline(admin, { key, filter: "all", cursor });
    lines.push(...page.lines);
    cursor = page.nextCursor;
  }
  expect(lines.map(({ id }) => id)).toEqual([...new Set(lines.map(({ id }) => id))]);
  // Of 260 events, each but the first with one scan before it that confirmed the event before.
  expect(lines.map(short)).toEqual(
    Array.from({ length: 260 }, (_, n) =>
      n % 2 === 0 ? ["now_passing", "still_failing"] : ["failing_again", "still_passing"],
    )
      .flat()
      .slice(0, -1),
  );
});

test("names people, tokens and those nobody knows", async () => {
  const { id } = await createToken(admin, { name: "CI", scopes: ["write:finding"], days: 1 });
  const gone = randomUUID();
  await happened(3, "assigned", {
    actor: `token:${id}`,
    before: { ownerId: null },
    after: { ownerId: userIdOf(admin) },
  });
  await happened(2, "unassigned", {
    actor: `user:${gone}`,
    before: { ownerId: gone },
    after: { ownerId: null },
  });
  const finding = await getFinding(admin, key, "people");
  expect(finding.timeline.lines).toMatchObject([
    { actor: { type: "person", id: gone, name: null }, owner: { from: { id: gone, name: null }, to: null } },
    { actor: { type: "token", id, name: "CI" }, owner: { to: { name: admin.principal.name } } },
  ]);
  expect(finding.history.map(({ actor }) => actor)).toEqual(["a former member", "CI"]);
});

describe("the list of events", () => {
  test("goes page by page, as they are stored", async () => {
    await happened(3, "detected");
    await happened(2, "started", {
      before: { status: "open" },
      after: { status: "in_progress" },
      unchanged: 4,
    });
    await happened(1, "now_passing");
    const first = await listEvents(admin, { key, limit: 2 });
    expect(first.rows).toMatchObject([
      { kind: "now_passing", before: null },
      { kind: "started", before: { status: "open" }, after: { status: "in_progress" }, unchangedBefore: 4 },
    ]);
    const second = await listEvents(admin, { key, limit: 2, cursor: first.nextCursor ?? "" });
    expect(second).toMatchObject({ rows: [{ kind: "detected" }], nextCursor: null });
    expect((await listEvents(auditor, { key, kind: "started" })).rows.map(({ kind }) => kind)).toEqual([
      "started",
    ]);
  });

  test("is nobody else's", async () => {
    const bea = await database.makeOrganization("Brightline");
    const asked = [
      () => listEvents(bea, { key }),
      () => readTimeline(bea, { key, filter: "all" }),
      () => listEvents(bea, { key: findingId }),
    ];
    for (const ask of asked) await expect(ask()).rejects.toMatchObject({ code: "not_found" });
  });
});
