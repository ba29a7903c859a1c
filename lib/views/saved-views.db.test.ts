import { beforeEach, expect, test } from "vitest";
import { testDatabase, userIdOf } from "@/lib/db/testing/database";
import { removeMember } from "@/lib/members/members";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { changeView, listViews, mostViews, removeView, saveView } from "./saved-views";
import { viewQuery } from "./view-query";

const database = testDatabase();
const nobody = "00000000-0000-4000-8000-000000000000";

let admin: TenantContext;
let lead: TenantContext;
let mina: TenantContext;

beforeEach(async () => {
  admin = await database.makeOrganization("Acme");
  lead = await database.makeMember(admin, "lead");
  mina = await database.makeMember(admin, "member");
});

async function namesFor(ctx: TenantContext): Promise<string[]> {
  return (await listViews(ctx)).rows.map(({ name }) => name);
}

test("a view of one's own is seen by nobody else, a shared one by everybody", async () => {
  await saveView(mina, { name: "Mine", query: "owner=me" });
  await saveView(lead, { name: "Everybody's", query: "severity=HIGH,CRITICAL", shared: true });
  expect(await namesFor(mina)).toEqual(["Everybody's", "Mine"]);
  expect(await namesFor(lead)).toEqual(["Everybody's"]);
  expect((await listViews(mina)).rows.map(({ shared }) => shared)).toEqual([true, false]);
});

test("another organization sees neither, and cannot change or remove them", async () => {
  const shared = await saveView(lead, { name: "Ours", query: "", shared: true });
  const other = await database.makeOrganization("Umbrella");
  expect(await namesFor(other)).toEqual([]);
  await expect(changeView(other, { id: shared.id, version: 1, name: "theirs" })).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(removeView(other, { id: shared.id })).rejects.toMatchObject({ code: "not_found" });
  expect(await namesFor(lead)).toEqual(["Ours"]);
});

test("members keep their own and leads share; an auditor keeps none", async () => {
  const auditor = await database.makeMember(admin, "auditor");
  await expect(saveView(mina, { name: "x", query: "", shared: true })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(saveView(auditor, { name: "x", query: "" })).rejects.toMatchObject({ code: "forbidden" });
  const shared = await saveView(lead, { name: "Shared", query: "", shared: true });
  const own = await saveView(mina, { name: "Own", query: "" });
  await expect(changeView(mina, { id: shared.id, version: 1, name: "y" })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(removeView(mina, { id: shared.id })).rejects.toMatchObject({ code: "forbidden" });
  await expect(changeView(admin, { id: own.id, version: 1, name: "y" })).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(removeView(admin, { id: nobody })).rejects.toMatchObject({ code: "not_found" });
});

test("a name is one view among one's own and one among the shared ones, whatever its case", async () => {
  await saveView(mina, { name: "Critical", query: "" });
  await saveView(lead, { name: "Critical", query: "", shared: true });
  await expect(saveView(mina, { name: "  CRITICAL ", query: "" })).rejects.toMatchObject({
    code: "conflict",
    fields: { name: "There is a view called CRITICAL already. Choose another name." },
  });
  const other = await saveView(mina, { name: "Other", query: "" });
  await expect(changeView(mina, { id: other.id, version: 1, name: "critical" })).rejects.toMatchObject({
    code: "conflict",
  });
  expect((await changeView(mina, { id: other.id, version: 1, name: "OTHER" })).name).toBe("OTHER");
});

test("of two changes to what was read once, one is saved and the other is told", async () => {
  const { id } = await saveView(lead, { name: "Shared", query: "severity=LOW", shared: true });
  const results = await Promise.allSettled(
    ["severity=HIGH", "severity=MEDIUM"].map((query) => changeView(lead, { id, version: 1, query })),
  );
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const [view] = (await listViews(lead)).rows;
  expect(view?.version).toBe(2);
  const refused = results.find((result) => result.status === "rejected");
  expect(refused?.reason).toMatchObject({
    code: "version_conflict",
    members: { current: { version: 2, query: view?.query } },
  });
});

test("twenty at once do not get past the limit", async () => {
  await database.sql(
    `INSERT INTO saved_views (tenant_id, owner_id, name, query)
     SELECT $1, $2, 'view ' || n, '' FROM generate_series(1, $3) n`,
    [mina.tenantId, userIdOf(mina), mostViews - 3],
  );
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, (_, i) => saveView(mina, { name: `more ${i}`, query: "" })),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
  expect(await namesFor(mina)).toHaveLength(mostViews);
});

test("a list is read in pages, every view once", async () => {
  for (const name of ["b", "A", "c", "a2", "B2"]) await saveView(lead, { name, query: "", shared: true });
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listViews(lead, { limit: 2, cursor });
    seen.push(...page.rows.map(({ name }) => name));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(seen).toEqual(["A", "a2", "b", "B2", "c"]);
  await expect(listViews(lead, { cursor: "bm9uc2Vuc2U" })).rejects.toMatchObject({ code: "invalid_input" });
});

test("views of one's own go with the person, shared ones stay", async () => {
  await saveView(lead, { name: "Own", query: "" });
  await saveView(lead, { name: "Shared", query: "", shared: true });
  await removeMember(admin, { userId: userIdOf(lead) });
  expect(await database.sql("SELECT name FROM saved_views WHERE tenant_id = $1", [admin.tenantId])).toEqual([
    { name: "Shared" },
  ]);
});

test("sharing is in the audit log, what one keeps for oneself is not", async () => {
  await saveView(mina, { name: "Own", query: "" });
  const { id } = await saveView(lead, { name: "Shared", query: "owner=none", shared: true });
  await changeView(lead, { id, version: 1, query: "owner=me" });
  await removeView(lead, { id });
  const log = await database.sql<{ action: string; object: string }>(
    "SELECT action, object FROM audit_log WHERE tenant_id = $1 AND action LIKE 'view.%'",
    [admin.tenantId],
  );
  expect(log.map(({ action }) => action).sort()).toEqual(["view.changed", "view.removed", "view.shared"]);
  expect(new Set(log.map(({ object }) => object))).toEqual(new Set([`view:${id}`]));
});

test("filters that show the same are kept as the same text, without the place in the list", () => {
  const text = "severity=HIGH&owner=none";
  expect(viewQuery("owner=none&severity=HIGH&cursor=abc&view=1&peek=PST-1&q=&made=up")).toBe(text);
  expect(viewQuery("?severity=HIGH&severity=HIGH&owner=none&sort=priority")).toBe(text);
});
