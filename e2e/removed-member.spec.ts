import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { makeOrganization, signUp, stranger } from "./people";
import { demo } from "./start-product";

const settings = (organization: string, page: "members" | "tokens") =>
  `${demo().url}/o/${organization}/settings/${page}`;

async function inviteAdmin(page: Page, organization: string, email: string): Promise<string> {
  await page.goto(settings(organization, "members"));
  await page.getByRole("textbox", { name: "E-mail address" }).fill(email);
  await page.locator("#invite-card").getByLabel("Role").selectOption("admin");
  await page.getByRole("button", { name: "Create invite link" }).click();
  const link = await page
    .getByText(/\/invite\/[\w-]{20,}/)
    .first()
    .textContent();
  return link?.trim() ?? "";
}

async function createToken(page: Page, organization: string, name: string): Promise<string> {
  await page.goto(settings(organization, "tokens"));
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Create token" }).click();
  const token = await page
    .getByText(/^pst_live_\S{40,}/)
    .first()
    .textContent();
  return token?.trim() ?? "";
}

test("who is removed takes no invite, no token and no page along but what an admin leaves them", async ({
  browser,
  page,
  request,
}) => {
  await signUp(page, stranger("Ada"));
  const organization = await makeOrganization(page, "Holders of keys");

  // Rex joins as an admin, keeps a link to come back by, and creates two tokens.
  const rex = stranger("Rex");
  const invited = await inviteAdmin(page, organization, rex.email);
  const other = await (await browser.newContext()).newPage();
  await other.goto(invited);
  await other.getByLabel("Your name").fill("Rex");
  await other.getByLabel("Password").fill(rex.password);
  await other.getByRole("button", { name: "Sign up and join" }).click();
  await other.waitForURL("**/o/**");
  const wayBack = await inviteAdmin(other, organization, stranger("Back").email);
  const ended = await createToken(other, organization, "Rex pipeline");
  const kept = await createToken(other, organization, "Nightly export");

  await page.goto(settings(organization, "members"));
  await page.locator("summary", { hasText: "Change Rex" }).click();
  const editor = page.locator("details[open]");
  await expect(editor.getByRole("group", { name: /API tokens that Rex created/ })).toBeVisible();
  await expect(editor.getByLabel("Rex pipeline")).toBeChecked();
  await editor.getByLabel("Nightly export").uncheck();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await editor.getByRole("button", { name: "Remove Rex" }).click();
  await expect(page.locator("summary", { hasText: "Change Rex" })).toHaveCount(0);

  const asks = (token: string) =>
    request
      .get(`${demo().url}/api/v1/accounts`, { headers: { authorization: `Bearer ${token}` } })
      .then((response) => response.status());
  expect([await asks(ended), await asks(kept)]).toEqual([401, 200]);
  await page.goto(settings(organization, "tokens"));
  await expect(page.getByRole("row", { name: /Nightly export/ })).toContainText("someone who left");

  await other.goto(wayBack);
  await expect(other.getByRole("heading", { name: "This invite is no longer valid" })).toBeVisible();
  await other.goto(settings(organization, "members"));
  await expect(other.getByRole("heading", { name: "Members" })).toHaveCount(0);
  await other.context().close();
});

test("a connection that nobody will finish is deleted on its page", async ({ page }) => {
  await signUp(page, stranger("Dora"));
  const organization = await makeOrganization(page, "Second thoughts");
  await page.goto(`${demo().url}/o/${organization}/connect`);
  await page.getByLabel("Name", { exact: true }).fill("not-needed");
  await page.getByLabel("AWS account id").fill("121212121212");
  await page.getByLabel("Environment").selectOption("sandbox");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Delete this connection" }).click();
  await page.waitForURL("**/accounts");
  await expect(page.getByText("No AWS account is connected")).toBeVisible();
});
