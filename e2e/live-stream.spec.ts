import { expect, type Page, test } from "@playwright/test";
import { withClient } from "@/lib/db/with-client";
import { insertWaitingScan, type OwnDatabase, type OwnWeb, ownDatabase, ownWeb } from "./own-web";
import { makeOrganization, signUp, stranger } from "./people";

// The live progress of a scan: an answer that stays open must not outlive rights, room or the process.

let database: OwnDatabase;
let web: OwnWeb;
let page: Page;
let org: string;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  database = await ownDatabase();
  web = await ownWeb(database);
  page = await browser.newPage();
  await signUp(page, stranger("Lin"), web.url);
  org = await makeOrganization(page, "Live Works");
  await insertWaitingScan(database, org);
});

test.afterAll(async () => {
  await page?.close();
  await web?.stop();
  await database?.remove();
});

interface Stream {
  readonly status: number;
  text(): string;
  readonly ended: Promise<number>;
  close(): void;
}

/** Opens the scan's stream as the page does. `ended` resolves with the time at which it was closed. */
async function open(): Promise<Stream> {
  const cookies = await page.context().cookies(web.url);
  const leave = new AbortController();
  const response = await fetch(`${web.url}/o/${org}/scans/1/events`, {
    headers: { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") },
    signal: leave.signal,
  });
  let text = "";
  const ended = (async () => {
    try {
      for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
    } catch {
      // We left.
    }
    return Date.now();
  })();
  return { status: response.status, text: () => text, ended, close: () => leave.abort() };
}

test("one session gets six streams, and another once one is closed", async () => {
  const streams: Stream[] = [];
  for (let n = 0; n < 6; n++) streams.push(await open());
  expect(streams.map(({ status }) => status)).toEqual(Array(6).fill(200));
  const refused = await open();
  expect(refused.status).toBe(429);
  // The page falls back to asking from time to time.
  const asked = await page.request.get(`${web.url}/o/${org}/scans/1/events`, {
    headers: { accept: "application/json" },
  });
  expect(asked.status()).toBe(200);
  streams[0]?.close();
  await expect(async () => {
    const next = await open();
    next.close();
    expect(next.status).toBe(200);
  }).toPass({ timeout: 10_000 });
  for (const stream of streams) stream.close();
});

test("the stream of a member who is removed ends within seconds", async () => {
  const stream = await open();
  expect(stream.status).toBe(200);
  await expect(async () => expect(stream.text()).toContain("data: ")).toPass();
  const removedAt = Date.now();
  const removed = await withClient(database.superuserUrl, async (client) => {
    const { rows } = await client.query(
      "DELETE FROM memberships USING organizations o WHERE tenant_id = o.id AND o.slug = $1 RETURNING memberships.*",
      [org],
    );
    await client.query("UPDATE scans SET status = 'running', started_at = now()");
    return rows[0] as { tenant_id: string; user_id: string };
  });
  expect((await stream.ended) - removedAt).toBeLessThan(5_000);
  expect((await open()).status).toBe(404);
  await withClient(database.superuserUrl, (client) =>
    client.query(
      "INSERT INTO memberships (tenant_id, user_id, role, can_approve) VALUES ($1, $2, 'admin', true)",
      [removed.tenant_id, removed.user_id],
    ),
  );
});

test("the stream of a session that is ended ends too", async () => {
  const stream = await open();
  expect(stream.status).toBe(200);
  const endedAt = Date.now();
  await withClient(database.superuserUrl, (client) =>
    client.query("UPDATE sessions SET revoked_at = now() - interval '1 second'"),
  );
  expect((await stream.ended) - endedAt).toBeLessThan(5_000);
  await withClient(database.superuserUrl, (client) => client.query("UPDATE sessions SET revoked_at = NULL"));
});

test("an open stream does not hold up the end of the web server", async () => {
  const stream = await open();
  expect(stream.status).toBe(200);
  await expect(async () => expect(stream.text()).toContain("data: ")).toPass();
  const askedAt = Date.now();
  const code = await web.stop();
  expect(Date.now() - askedAt).toBeLessThan(3_000);
  expect(code).toBe(0);
  expect((await stream.ended) - askedAt).toBeLessThan(3_000);
});
