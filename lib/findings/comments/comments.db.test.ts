import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase, userIdOf } from "@/lib/db/testing/database";
import { getFinding } from "@/lib/findings/get-finding";
import { readTimeline } from "@/lib/findings/timeline/read-timeline";
import { removeMember } from "@/lib/members/members";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { listComments } from "./list-comments";
import { postComment } from "./post-comment";

const database = testDatabase();
const key = "PST-1";

let admin: TenantContext;
let mina: TenantContext;
let auditor: TenantContext;

async function makeFinding(ctx: TenantContext): Promise<void> {
  await database.sql(
    `WITH account AS (
       INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id, status)
       VALUES ($1, '111111111111', 'aws', 'prod', $2, 'connected') RETURNING id)
     INSERT INTO findings (tenant_id, account_id, check_id, number, status, observation, observation_since)
     SELECT $1, id, 'cloudtrail.not_multi_region', 1, 'open', 'failing', now() FROM account`,
    [ctx.tenantId, randomUUID()],
  );
}

beforeEach(async () => {
  admin = await database.makeOrganization("Acme");
  mina = await database.makeMember(admin, "member");
  auditor = await database.makeMember(admin, "auditor");
  await makeFinding(admin);
});

const post = (ctx: TenantContext, body: string) => postComment(ctx, { key, body });
const bodies = async (ctx = admin) => (await listComments(ctx, { key })).rows.map(({ body }) => body);
const counted = () => database.sql("SELECT 1 FROM comments");

describe("posting", () => {
  test("answers the comment with its author, and keeps it for members alone", async () => {
    const posted = await post(mina, "  Converting `acme-audit`.\r\n\r\nThen the others. \u202e\u0007 ");
    expect(posted).toEqual({
      id: expect.any(String),
      at: expect.any(String),
      author: { type: "person", id: userIdOf(mina), name: mina.principal.name },
      body: "Converting `acme-audit`.\n\nThen the others.",
      mentions: [],
      visibility: "internal",
    });
    expect(await bodies()).toEqual([posted.body]);
    const [entry] = await database.sql(
      "SELECT actor, data FROM audit_log WHERE tenant_id = $1 AND action = 'finding.commented'",
      [admin.tenantId],
    );
    expect(entry).toEqual({ actor: `user:${userIdOf(mina)}`, data: { key, commentId: posted.id } });
  });

  test("takes a mention of a member, once, and leaves every other one a text", async () => {
    const stranger = await database.makeOrganization("Brightline");
    const asked = [mina, auditor, stranger].map((ctx) => `@{${userIdOf(ctx)}}`);
    const { id, mentions, body } = await post(
      admin,
      `${asked.join(" ")} and ${asked[0]} and @{${randomUUID()}}`,
    );
    expect(mentions).toEqual([{ id: userIdOf(mina), name: mina.principal.name }]);
    expect(body).toContain(`@{${userIdOf(stranger)}}`);
    const told = await database.sql<{ userId: string }>(
      `SELECT user_id::text AS "userId" FROM inbox_items WHERE kind = 'mentioned' AND detail->>'commentId' = $1`,
      [id],
    );
    expect(told).toEqual([{ userId: userIdOf(mina) }]);
  });

  test("is once, however often the same comment is sent", async () => {
    const id = randomUUID();
    const first = await postComment(mina, { key, body: "Once." }, id);
    expect(await postComment(mina, { key, body: "Once." }, id)).toEqual(first);
    const others = [
      () => postComment(mina, { key, body: "Twice." }, id),
      () => postComment(admin, { key, body: "Once." }, id),
    ];
    for (const other of others) await expect(other()).rejects.toMatchObject({ code: "conflict" });
    expect(await bodies()).toEqual(["Once."]);
  });

  test("at the same moment is once too", async () => {
    const id = randomUUID();
    const posted = await Promise.all([1, 2, 3].map(() => postComment(mina, { key, body: "Once." }, id)));
    expect(new Set(posted.map((comment) => comment.id))).toEqual(new Set([id]));
    expect(await bodies()).toEqual(["Once."]);
  });

  test("is refused to auditors, without text, beyond the length, the people and the finding that there is", async () => {
    const before = (await counted()).length;
    const people = Array.from({ length: 21 }, () => `@{${randomUUID()}}`).join(" ");
    const refused = [
      [() => post(auditor, "Why?"), "forbidden"],
      [() => post(mina, " \u0000\n\t"), "invalid_input"],
      [() => post(mina, "a".repeat(10_001)), "invalid_input"],
      // NFC can be longer than what was sent.
      [() => post(mina, "\ufb2c".repeat(5_000)), "invalid_input"],
      [() => post(mina, people), "invalid_input"],
      [() => postComment(mina, { key: "PST-9", body: "x" }), "not_found"],
    ] as const;
    for (const [work, code] of refused) await expect(work()).rejects.toMatchObject({ code });
    expect((await counted()).length).toBe(before);
    expect((await post(mina, "a".repeat(10_000))).body).toHaveLength(10_000);
  });

  test("is slowed at 120 an hour, by person; what was refused is not counted", async () => {
    for (let n = 0; n < 3; n++) await postComment(mina, { key: "PST-9", body: "x" }).catch(() => null);
    await database.sql("UPDATE rate_limits SET count = 119 WHERE window_start > now() - interval '1 hour'");
    await post(mina, "The last one.");
    await expect(post(mina, "One more.")).rejects.toMatchObject({ code: "rate_limited" });
    await post(admin, "Somebody else.");
    expect(await bodies()).toEqual(["Somebody else.", "The last one."]);
  });
});

describe("reading", () => {
  test("goes page by page, newest first, without losing one", async () => {
    for (const body of ["1", "2", "3", "4", "5"]) await post(mina, body);
    const read: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listComments(admin, { key, limit: 2, ...(cursor ? { cursor } : {}) });
      read.push(...page.rows.map(({ body }) => body));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(read).toEqual(["5", "4", "3", "2", "1"]);
    await expect(listComments(admin, { key, cursor: "x" })).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("is for members of this organization, and not for auditors", async () => {
    await post(mina, "Ours.");
    const bea = await database.makeOrganization("Brightline");
    await expect(listComments(bea, { key })).rejects.toMatchObject({ code: "not_found" });
    await makeFinding(bea);
    expect(await bodies(bea)).toEqual([]);
    await expect(listComments(auditor, { key })).rejects.toMatchObject({ code: "forbidden" });
    const timeline = async (ctx: TenantContext) => [
      (await getFinding(ctx, key, "all")).timeline.lines.map(({ type }) => type),
      (await readTimeline(ctx, { key, filter: "people" })).lines.map(({ type }) => type),
    ];
    expect(await timeline(mina)).toEqual([["comment"], ["comment"]]);
    expect(await timeline(auditor)).toEqual([[], []]);
    expect(await timeline(bea)).toEqual([[], []]);
  });

  test("names those who left, and says so of whom nobody knows any more", async () => {
    const olga = await database.makeMember(admin, "lead");
    await post(mina, `@{${userIdOf(olga)}} have a look`);
    await post(olga, `@{${userIdOf(mina)}} looks good`);
    for (const who of [mina, olga]) await removeMember(admin, { userId: userIdOf(who) });
    await database.identity.user.delete({ where: { id: userIdOf(olga) } });
    const { rows } = await listComments(admin, { key });
    expect(rows.map(({ author, mentions }) => [author.name, mentions[0]?.name])).toEqual([
      [null, mina.principal.name],
      [mina.principal.name, null],
    ]);
  });
});
