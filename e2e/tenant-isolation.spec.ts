import { type APIRequestContext, type Browser, expect, type Page, test } from "@playwright/test";
import { api, demoIds } from "./api";
import { makeOrganization, signUp, stranger } from "./people";
import { everyRoute, fill, type Ids } from "./routes";
import { demo } from "./start-product";

/** Ids of the right form that belong to nobody: what A's must be indistinguishable from. */
const nobody: Ids = {
  org: "no-such-organization",
  accountId: "00000000-0000-4000-8000-000000000000",
  scanNumber: "987654",
  findingKey: "PST-987654",
  viewId: "00000000-0000-4000-8000-000000000000",
};

interface Outsider {
  readonly page: Page;
  readonly organization: string;
  readonly token: string;
}

/** B: an admin of an organization of her own, with every right there, and a token with every scope. */
async function outsider(browser: Browser): Promise<Outsider> {
  const page = await browser.newPage();
  await signUp(page, stranger("Bea"));
  const organization = await makeOrganization(page, "Brightline Health");
  await page.goto(`${demo().url}/o/${organization}/settings/tokens`);
  await page.getByLabel("Name", { exact: true }).fill("isolation");
  const scopes = page.getByRole("group", { name: "Scopes" }).getByRole("checkbox");
  for (const scope of await scopes.all()) await scope.check();
  await page.getByRole("button", { name: "Create token" }).click();
  const token = await page
    .getByText(/^pst_live_/)
    .first()
    .textContent();
  return { page, organization, token: token?.trim() ?? "" };
}

let a: Ids;
let b: Outsider;
let words: readonly string[];

test.beforeAll(async ({ browser, request }) => {
  a = await demoIds(request);
  b = await outsider(browser);
  words = await wordsOf(request);
});

test.afterAll(async () => {
  await b.page.close();
});

/** An answer without what was asked for and the ids of requests. */
function comparable(text: string, ids: Ids): string {
  return text
    .replaceAll(ids.accountId, "ID")
    .replaceAll(ids.findingKey, "KEY")
    .replaceAll(`#${ids.scanNumber}`, "#NUMBER")
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "UUID");
}

/** A page as B reads it. */
async function rendered(pattern: string, ids: Ids): Promise<string> {
  await b.page.goto(demo().url + fill(pattern, ids));
  await expect(b.page.getByRole("heading", { level: 1 })).toBeVisible();
  // biome-ignore lint/performance/useDomNodeTextContent: what she reads, not the scripts beside it
  const text = await b.page.evaluate(() => document.body.innerText);
  return comparable(`${await b.page.title()}\n${text}`, ids);
}

/** Words that only A's pages may hold. `acme-prod` is also an example in a form. */
async function wordsOf(request: APIRequestContext): Promise<string[]> {
  const { data } = await api<{ data: { id: string; name: string }[] }>(request, "/accounts?limit=50");
  return data.flatMap(({ id, name }) => (name === "acme-prod" ? [id] : [id, name]));
}

function expectNothingOfA(body: string): void {
  for (const word of words) expect(body).not.toContain(word);
}

const organizationRoutes = everyRoute().filter(({ pattern }) => pattern.startsWith("/o/[org]"));
const apiRoutes = everyRoute().filter(({ pattern }) => pattern.startsWith("/api/v1"));

test("the lists of routes are not empty", () => {
  expect(organizationRoutes.length).toBeGreaterThan(8);
  expect(apiRoutes.length).toBeGreaterThan(6);
});

for (const { pattern, kind } of organizationRoutes) {
  test(`B gets of A's ${pattern} what she gets of one that does not exist`, async () => {
    const theirs = await b.page.request.get(demo().url + fill(pattern, a), { maxRedirects: 0 });
    const none = await b.page.request.get(demo().url + fill(pattern, nobody), { maxRedirects: 0 });
    expect(theirs.status()).toBe(none.status());
    expect(theirs.status()).toBe(404);
    expectNothingOfA((await theirs.text()).replaceAll(a.accountId, ""));
    if (kind === "route") {
      expect(comparable(await theirs.text(), a)).toBe(comparable(await none.text(), nobody));
    } else {
      expect(await rendered(pattern, a)).toBe(await rendered(pattern, nobody));
    }
  });

  test(`B gets in her own organization nothing of A's through ${pattern}`, async () => {
    const mixed = { ...a, org: b.organization };
    const answer = await b.page.request.get(demo().url + fill(pattern, mixed), { maxRedirects: 0 });
    const body = await answer.text();
    expectNothingOfA(body.replaceAll(a.accountId, ""));
    if (/\[(id|key|number)\]/.test(pattern)) expect(answer.status()).toBe(404);
  });
}

async function ask(request: APIRequestContext, method: string, path: string, data?: unknown) {
  return request.fetch(demo().url + path, {
    method,
    headers: { authorization: `Bearer ${b.token}`, "content-type": "application/json" },
    ...(data === undefined ? {} : { data: JSON.stringify(data) }),
  });
}

const changes: Readonly<Record<string, unknown>> = {
  "/api/v1/accounts/[id]": { name: "taken over" },
  "/api/v1/accounts/[id]/connection-tests": { roleArn: "arn:aws:iam::111122223333:role/PosturioReadOnly" },
  "/api/v1/findings/[key]": { status: "resolved" },
  "/api/v1/findings/[key]/comments": { body: "Whose is this?" },
  "/api/v1/findings/[key]/transitions": { version: 1, to: "in_progress" },
  "/api/v1/findings/[key]/verifications": { version: 1 },
  "/api/v1/scans/[number]/cancel": undefined,
  "/api/v1/verifications/[id]/retry": {},
  "/api/v1/views/[id]": { version: 1, name: "taken over" },
};

for (const { pattern } of apiRoutes.filter((route) => /\[/.test(route.pattern))) {
  for (const method of ["GET", "PATCH", "POST", "DELETE"]) {
    test(`B's token gets for ${method} ${pattern} of A what it gets for one that does not exist`, async ({
      request,
    }) => {
      const data = method === "GET" || method === "DELETE" ? undefined : changes[pattern];
      const theirs = await ask(request, method, fill(pattern, a), data);
      const none = await ask(request, method, fill(pattern, nobody), data);
      expect(theirs.status()).toBe(none.status());
      // 405: the route has no such method, for anybody.
      expect([404, 405]).toContain(theirs.status());
      expect(comparable(await theirs.text(), a)).toBe(comparable(await none.text(), nobody));
    });
  }
}

test("B's token cannot have A's account scanned", async ({ request }) => {
  const theirs = await ask(request, "POST", "/api/v1/scans", { accountId: a.accountId });
  const none = await ask(request, "POST", "/api/v1/scans", { accountId: nobody.accountId });
  expect(theirs.status()).toBe(404);
  expect(none.status()).toBe(404);
});

test("B's token lists nothing of A", async ({ request }) => {
  for (const list of ["/accounts", "/scans", "/findings", "/views"]) {
    expect((await api<{ data: unknown[] }>(request, list, b.token)).data).toEqual([]);
  }
});

test("nobody signed out gets a page of an organization, and no API answer without a token", async ({
  request,
}) => {
  for (const { pattern, kind } of organizationRoutes) {
    const answer = await request.get(demo().url + fill(pattern, a), { maxRedirects: 0 });
    expect([303, 307, 308, 401, 404], pattern).toContain(answer.status());
    if (kind === "page" && answer.status() < 400) expect(answer.headers()["location"]).toContain("/login");
    expectNothingOfA((await answer.text()).replaceAll(a.accountId, ""));
  }
  for (const { pattern } of apiRoutes.filter((route) => !route.pattern.endsWith("openapi.json"))) {
    const answer = await request.get(demo().url + fill(pattern, a));
    expect([401, 405], pattern).toContain(answer.status());
  }
});

test("A still has everything", async ({ request }) => {
  expect((await demoIds(request)).findingKey).toBe(a.findingKey);
});
