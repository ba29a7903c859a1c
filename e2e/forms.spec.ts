import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { makeOrganization, signIn, signUp, stranger } from "./people";
import { demo } from "./start-product";

async function hasNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
}

test("a form that is refused leads to its first fault and keeps what was typed, but no password", async ({
  page,
}) => {
  await page.goto(`${demo().url}/signup`);
  const name = page.getByLabel("Your name");
  const email = page.getByLabel("E-mail address");
  const password = page.getByLabel("Password", { exact: true });
  await expect(email).toHaveAttribute("type", "email");
  await expect(email).toHaveAttribute("autocomplete", "username");
  await expect(password).toHaveAttribute("autocomplete", "new-password");
  await expect(password).not.toHaveAttribute("maxlength", /.*/);

  await name.fill("Ada");
  await email.fill("nowhere");
  await password.fill("short");
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Check the 2 highlighted fields." })).toBeVisible();
  await expect(email).toBeFocused();
  await expect(email).toHaveAttribute("aria-invalid", "true");
  await expect(email).toHaveAccessibleDescription("Enter an e-mail address, like name@example.com.");
  await expect(name).toHaveValue("Ada");
  await expect(name).not.toHaveAttribute("aria-invalid", /.*/);
  await expect(email).toHaveValue("nowhere");
  await expect(password).toHaveValue("");
  await hasNoViolations(page);

  // Sent again with the first mended, the focus goes on to the next.
  await email.fill(stranger("Ada").email);
  await password.fill("short");
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Check the highlighted field." })).toBeVisible();
  await expect(password).toBeFocused();
  await page.getByRole("link", { name: "Use at least 12 characters." }).click();
  await expect(password).toBeFocused();
});

test("where no field is at fault the focus goes to the sentence above the form", async ({ page }) => {
  await page.goto(`${demo().url}/login`);
  await page.getByLabel("E-mail address").fill(stranger("Nobody").email);
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "password is incorrect" })).toBeFocused();
});

test("ticked boxes and choices of a refused form stay; the next good one is taken", async ({ page }) => {
  const { url, organization } = demo();
  await signIn(page, demo());
  await page.goto(`${url}/o/${organization}/settings/tokens`);
  await page.getByLabel("read", { exact: true }).uncheck();
  await page.getByLabel("Expires after").selectOption("30");
  await page.getByLabel("Name", { exact: true }).fill("Pipeline");
  await page.getByRole("button", { name: "Create token" }).click();
  const read = page.getByLabel("read", { exact: true });
  await expect(read).toBeFocused();
  await expect(read).not.toBeChecked();
  await expect(read).toHaveAccessibleDescription(/Choose at least one scope\./);
  await expect(page.getByLabel("Expires after")).toHaveValue("30");
  await hasNoViolations(page);

  await page.getByLabel("scan", { exact: true }).check();
  await page.getByLabel("admin:accounts").check();
  await page.getByLabel("Name", { exact: true }).fill(" ");
  await page.getByRole("button", { name: "Create token" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  await expect(read).not.toBeChecked();
  await expect(page.getByLabel("scan", { exact: true })).toBeChecked();
  await expect(page.getByLabel("admin:accounts")).toBeChecked();

  await page.getByLabel("Name", { exact: true }).fill("Pipeline");
  await page.getByRole("button", { name: "Create token" }).click();
  await expect(page.getByText("Copy the token Pipeline now. It is shown once.")).toBeVisible();
  const token = (await page.locator("code", { hasText: /^pst_live_.{30}/ }).textContent()) ?? "";
  const scans = await page.request.get(`${url}/api/v1/scans`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(scans.status()).toBe(403);
  await page
    .getByRole("row", { name: /Pipeline/ })
    .getByRole("button", { name: "Revoke Pipeline" })
    .click();
});

test("a change of a member that is refused is said at that member, and the choice stays", async ({
  page,
}) => {
  const { url } = demo();
  await signUp(page, stranger("Only"));
  const organization = await makeOrganization(page, "One Admin");
  await page.goto(`${url}/o/${organization}/settings/members`);
  await page.locator("summary", { hasText: "Change" }).first().click();
  const editor = page.locator("details[open]");
  await editor.getByLabel("Role").selectOption("auditor");
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(editor.getByRole("alert").filter({ hasText: "the last admin" })).toBeFocused();
  await expect(editor.getByLabel("Role")).toHaveValue("auditor");
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("forms post, say what is wrong, keep what was typed, and work in the end", async ({ page }) => {
    const { url, organization, email, password } = demo();
    await page.goto(`${url}/login`);
    await page.getByLabel("E-mail address").fill(email);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "Check the highlighted field." })).toBeVisible();
    await expect(page.getByLabel("Password", { exact: true })).toHaveAccessibleDescription(
      "Enter your password.",
    );
    await expect(page.getByLabel("E-mail address")).toHaveValue(email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL("**/o/**");

    // An action that is bound to its organization.
    await page.goto(`${url}/o/${organization}/settings/tokens`);
    await page.getByLabel("scan", { exact: true }).check();
    await page.getByRole("button", { name: "Create token" }).click();
    await expect(page.getByLabel("Name", { exact: true })).toHaveAccessibleDescription(
      /Name what will use the token\./,
    );
    await expect(page.getByLabel("scan", { exact: true })).toBeChecked();

    await page.goto(`${url}/o/${organization}/connect`);
    await page.getByLabel("Name", { exact: true }).fill("acme-later");
    await page.getByLabel("AWS account id").fill("1111-2222");
    await page.getByLabel("Environment").selectOption("staging");
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByLabel("AWS account id")).toHaveAccessibleDescription(/exactly 12 digits/);
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("acme-later");
    await expect(page.getByLabel("Environment")).toHaveValue("staging");
  });
});
