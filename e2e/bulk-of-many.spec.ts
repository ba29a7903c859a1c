import { expect, type Page, test } from "@playwright/test";
import { withClient } from "@/lib/db/with-client";
import { type OwnDatabase, type OwnWeb, ownDatabase, ownWeb } from "./own-web";
import { makeOrganization, signUp, stranger } from "./people";

// A list of several pages, in a database of its own.

let database: OwnDatabase;
let web: OwnWeb;
let org: string;
let page: Page;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  database = await ownDatabase();
  web = await ownWeb(database, {});
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await signUp(page, stranger("Ada"), web.url);
  org = await makeOrganization(page, "Many Findings");
  await addFindings(1, 120, "many");
});

test.afterAll(async () => {
  await page?.close();
  await web?.stop();
  await database?.remove();
});

/** So many failing findings, each of an account of its own with this name. */
async function addFindings(from: number, to: number, name: string): Promise<void> {
  await withClient(database.superuserUrl, async (client) => {
    const tenant = "(SELECT id FROM organizations WHERE slug = $1)";
    await client.query(
      `WITH a AS (
         INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id, role_arn, status, connected_at)
         SELECT ${tenant}, (100000000000 + n)::text, 'aws', $4, gen_random_uuid()::text, 'x', 'connected', now()
         FROM generate_series($2::int, $3::int) n RETURNING tenant_id, id, right(aws_account_id, 6)::int AS n)
       INSERT INTO findings (tenant_id, id, account_id, check_id, number, status, observation, observation_since,
                             severity, verdict, short, episode)
       SELECT a.tenant_id, gen_random_uuid(), a.id, 'cloudtrail.not_multi_region', a.n, 'open', 'failing', now(), 'HIGH',
              'FAIL', '2 of 17 not logged', 1 FROM a`,
      [org, from, to, name],
    );
  });
}

const bar = () => page.getByRole("toolbar", { name: "With the selected findings" });
const whole = () => page.getByRole("checkbox", { name: "Select all on this page" });

test("everything that matches is selected by its count, the next page keeps it, and it is changed at once", async () => {
  await page.goto(`${web.url}/o/${org}/findings?q=many`);
  await whole().check();
  await expect(bar()).toContainText("50 selected");
  await bar().getByRole("button", { name: "Select all 120 matching" }).click();
  await expect(bar()).toContainText("120 selected 70 not on this page");
  await expect(bar().getByRole("button", { name: /^Select all/ })).toHaveCount(0);
  await page.getByRole("link", { name: /^Next/ }).click();
  await page.waitForURL(/cursor=/);
  await expect(whole()).toBeChecked();
  await expect(bar()).toContainText("120 selected 70 not on this page");
  await page.locator("input[data-row-select]").first().uncheck();
  await expect(bar()).toContainText("119 selected");

  await bar().getByRole("button", { name: "Assign" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Owner").selectOption({ label: "Ada" });
  await dialog.getByRole("button", { name: "Preview" }).click();
  await expect(dialog).toContainText("119 findings will be assigned to Ada.");
  await dialog.getByRole("button", { name: "Assign 119 findings" }).click();
  await expect(page.getByText("119 findings are now assigned to Ada.")).toBeVisible({ timeout: 30_000 });
  const assigned = await withClient(database.superuserUrl, (client) =>
    client.query("SELECT 1 FROM findings WHERE owner_id IS NOT NULL"),
  );
  expect(assigned.rowCount).toBe(119);
  await bar().getByRole("button", { name: "Clear" }).click();
  await expect(whole()).not.toBeChecked();
});

test("more than can be changed at once is said, and not offered", async () => {
  await addFindings(1_001, 1_501, "more");
  await page.goto(`${web.url}/o/${org}/findings?q=more`);
  await whole().check();
  await expect(bar()).toContainText("501 match: at most 500 can be changed at once");
  await expect(bar().getByRole("button", { name: /^Select all/ })).toHaveCount(0);
});
