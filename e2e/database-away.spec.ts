import { expect, type Page, test } from "@playwright/test";
import { Client } from "pg";
import { withClient } from "@/lib/db/with-client";
import { insertToken, type OwnDatabase, type OwnWeb, ownDatabase, ownWeb } from "./own-web";
import { makeOrganization, signUp, stranger } from "./people";
import { everyRoute, fill, type Ids } from "./routes";

// A database that is away is no fault of a request: everything that needs it answers 503 and when to come back.

let database: OwnDatabase;
let web: OwnWeb;
let page: Page;
let token: string;
let ids: Ids;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  database = await ownDatabase();
  web = await ownWeb(database, { POSTURIO_DATABASE_POOL: "5" });
  page = await browser.newPage();
  await signUp(page, stranger("Ada"), web.url);
  const org = await makeOrganization(page, "Outage Works");
  token = await insertToken(database, org);
  ids = {
    org,
    accountId: "00000000-0000-4000-8000-000000000000",
    scanNumber: "1",
    findingKey: "PST-1",
    viewId: "00000000-0000-4000-8000-000000000000",
  };
});

test.afterAll(async () => {
  await page?.close();
  await web?.stop();
  await database?.remove();
});

interface Answer {
  readonly what: string;
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly body: string;
}

/** Everything that reads the database, as a signed-in person and as a client of the API. */
const needy = everyRoute().filter(
  ({ pattern }) =>
    /^\/(o\/|account|welcome|login|signup|invite|reset|api\/v1\/)/.test(pattern) &&
    !/openapi|\/settings$/.test(pattern),
);

async function ask(pattern: string): Promise<Answer> {
  const isApi = pattern.startsWith("/api/");
  const method =
    /\/(bulk|cancel|connection-tests|looks|retry|transitions|verifications|\[key\]\/scans)$/.test(pattern)
      ? "POST"
      : /\/views\/\[id\]$/.test(pattern)
        ? "DELETE"
        : "GET";
  const response = await page.request.fetch(web.url + fill(pattern, ids), {
    method,
    maxRedirects: 0,
    ...(isApi ? { headers: { authorization: `Bearer ${token}` } } : {}),
  });
  return {
    what: `${method} ${pattern}`,
    status: response.status(),
    retryAfter: response.headers()["retry-after"],
    body: await response.text(),
  };
}

async function expectUnavailable(patterns = needy): Promise<void> {
  for (const { pattern, kind } of patterns) {
    const answer = await ask(pattern);
    expect(`${answer.what} ${answer.status} ${answer.retryAfter}`).toBe(`${answer.what} 503 5`);
    if (kind === "page") {
      // True without scripts too: what the server sent says it.
      expect(answer.body, pattern).toContain("We cannot reach our database");
      expect(answer.body, pattern).toContain('http-equiv="refresh"');
    } else expect(JSON.parse(answer.body)).toMatchObject({ code: "unavailable", status: 503 });
  }
}

const statuses = async (path: string, times: number) =>
  (await Promise.all(Array.from({ length: times }, () => ask(path)))).map(({ status }) => status);

async function untilBack(): Promise<void> {
  await expect(async () => {
    expect((await ask("/o/[org]/accounts")).status).toBe(200);
    expect((await ask("/api/v1/accounts")).status).toBe(200);
  }).toPass({ timeout: 20_000 });
}

test("the list of what needs the database is not empty", () => {
  expect(needy.length).toBeGreaterThan(20);
});

test("a stopped database: 503 from every page and endpoint, and the page comes back by itself", async () => {
  test.setTimeout(240_000);
  const accounts = `${web.url}/o/${ids.org}/accounts`;
  await page.goto(accounts);
  await database.stop();
  await expectUnavailable();
  await page.goto(accounts);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("We cannot reach our database");
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await database.start();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Accounts", { timeout: 40_000 });
  await untilBack();
});

test("a form keeps what was typed and says so; the same click works afterwards", async () => {
  await page.goto(`${web.url}/o/${ids.org}/settings/organization`);
  const name = page.getByRole("textbox", { name: "Name", exact: true });
  await name.fill("Outage Works Again");
  await database.stop();
  await page
    .getByRole("button", { name: /Rename|Save/ })
    .first()
    .click();
  await expect(page.getByRole("alert").first()).toContainText("We cannot reach our database right now");
  await expect(name).toHaveValue("Outage Works Again");
  await database.start();
  await untilBack();
  await page
    .getByRole("button", { name: /Rename|Save/ })
    .first()
    .click();
  await page.reload();
  await expect(name).toHaveValue("Outage Works Again");
});

test("a restart under load: no answer is a 500", async () => {
  const seen: number[] = [];
  let stop = false;
  const load = (async () => {
    while (!stop) {
      seen.push(...(await statuses("/api/v1/accounts", 4)), ...(await statuses("/o/[org]/findings", 2)));
    }
  })();
  for (const _ of [1, 2]) {
    await database.stop();
    await database.start();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  stop = true;
  await load;
  expect(seen.filter((status) => status !== 200 && status !== 503)).toEqual([]);
  expect(seen).toContain(503);
  await untilBack();
});

test("every connection cut and all taken: 503, and back when they are free", async () => {
  const holders: Client[] = [];
  const holdAll = async () => {
    for (;;) {
      const client = new Client({ connectionString: database.superuserUrl });
      client.on("error", () => undefined);
      try {
        await client.connect();
      } catch {
        return;
      }
      holders.push(client);
    }
  };
  try {
    await holdAll();
    // The product's own connections go now, and cannot come back.
    await holders[0]?.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename IN ('posturio_app', 'posturio_auth')",
    );
    await holdAll();
    expect(holders.length).toBeGreaterThan(100);
    await expectUnavailable(needy.filter(({ pattern }) => /accounts$|findings$|login/.test(pattern)));
  } finally {
    await Promise.all(holders.map((client) => client.end().catch(() => undefined)));
  }
  await untilBack();
});

test("a locked table: 503 after the wait, and back when it is free", async () => {
  test.setTimeout(120_000);
  await withClient(database.superuserUrl, async (client) => {
    await client.query("BEGIN; LOCK TABLE findings, accounts, memberships IN ACCESS EXCLUSIVE MODE");
    const paths = ["/o/[org]/findings", "/o/[org]/accounts", "/api/v1/findings", "/api/v1/accounts"];
    const seen = (await Promise.all(paths.map((path) => statuses(path, 5)))).flat();
    expect(seen.filter((status) => status !== 503)).toEqual([]);
    await client.query("ROLLBACK");
  });
  await untilBack();
});

test("the log has one line of JSON for each, and none of it is an error", async () => {
  const lines = web
    .output()
    .split("\n")
    .filter((line) => line !== "");
  const parsed = lines.map((line) => JSON.parse(line) as { level: string; code?: string; message: string });
  expect(parsed.filter(({ level }) => level === "error" || level === "fatal")).toEqual([]);
  expect(parsed.some(({ level, code }) => level === "warn" && code === "unavailable")).toBe(true);
});

test("a part of the dashboard that cannot be read takes no other part along", async () => {
  await withClient(database.superuserUrl, (client) =>
    client.query(
      `WITH a AS (
         INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id, status, connected_at)
         SELECT id, '111122223333', 'aws', 'acme-prod', gen_random_uuid()::text, 'connected', now()
         FROM organizations WHERE slug = $1 RETURNING tenant_id, id)
       INSERT INTO findings (tenant_id, account_id, check_id, number, status, observation, observation_since, severity)
       SELECT tenant_id, id, 'cloudtrail.not_multi_region', 1, 'open', 'failing', now(), 'HIGH' FROM a`,
      [ids.org],
    ),
  );
  const rename = (from: string, to: string) =>
    withClient(database.superuserUrl, (client) => client.query(`ALTER TABLE ${from} RENAME TO ${to}`));
  await rename("snapshots", "snapshots_away");
  try {
    const answer = await page.goto(`${web.url}/o/${ids.org}/dashboard`);
    expect(answer?.status()).toBe(200);
    const failed = page.getByRole("alert").filter({ hasText: "Coverage by account could not be read" });
    await expect(failed).toBeVisible();
    // The cause is logged under the id that the page shows, and is not on the page.
    const id = (await failed.locator("code").textContent()) ?? "";
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    await expect.poll(() => web.output().includes(id)).toBe(true);
    expect(await page.content()).not.toContain("snapshots");
    await expect(page.getByRole("heading", { level: 1 })).toContainText("1 of 1 account has blind Regions.");
    await expect(page.getByRole("list", { name: "Figures" }).getByRole("listitem")).toHaveCount(4);
    await expect(page.getByRole("region", { name: "Trends, 12 weeks" })).toBeVisible();
  } finally {
    await rename("snapshots_away", "snapshots");
  }
  await page.getByRole("link", { name: "Try again" }).click();
  await expect(
    page.getByRole("region", { name: "Coverage by account" }).getByRole("link", { name: /acme-prod/ }),
  ).toBeVisible();
});
