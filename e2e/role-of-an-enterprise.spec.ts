import { expect, test } from "@playwright/test";
import { makeOrganization, signUp, stranger } from "./people";
import { makeRole } from "./sandbox-aws";
import { demo } from "./start-product";

const account = "333344445555";

test("an account is connected with the role that the customer's rules prescribe", async ({ page }) => {
  await signUp(page, stranger("Vera"));
  const organization = await makeOrganization(page, "Vera Insurance");
  await page.goto(`${demo().url}/o/${organization}/connect`);
  await page.getByLabel("Name", { exact: true }).fill("Claims");
  await page.getByLabel("AWS account id").fill(account);
  await page.getByLabel("Environment").selectOption("production");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(/\/connect\/[0-9a-f-]{36}$/);

  await page.getByText("Your own name, path, boundary, tags or log bucket").click();
  await page.getByLabel("Role name").fill("Audit");
  await page.getByRole("button", { name: "Fill in the templates" }).click();
  await expect(page.getByText(/only assume roles that match role\/Posturio\*/)).toBeVisible();
  await expect(page.getByLabel("Role ARN")).toHaveValue(`arn:aws:iam::${account}:role/PosturioReadOnly`);

  const roleName = `Posturio-${Date.now().toString(36)}`;
  await page.getByLabel("Role name").fill(roleName);
  await page.getByLabel("Role path").fill("security/audit");
  await page.getByLabel("Permissions boundary").fill(`arn:aws:iam::${account}:policy/Boundary`);
  await page.getByLabel("Tags of the role").fill("CostCenter=1234");
  await page.getByRole("button", { name: "Fill in the templates" }).click();
  await expect(page.getByLabel("Role ARN")).toHaveValue(
    `arn:aws:iam::${account}:role/security/audit/${roleName}`,
  );
  await page.getByText(/^Show the template/).click();
  await expect(page.getByRole("region", { name: "CloudFormation template" })).toContainText(
    "/security/audit/",
  );

  await page.getByRole("tab", { name: "AWS CLI" }).click();
  const commands = (await page.getByRole("region", { name: "AWS CLI commands" }).textContent()) ?? "";
  expect(commands).toContain(`--permissions-boundary arn:aws:iam::${account}:policy/Boundary`);
  expect(commands).toContain(`--role-name ${roleName}`);
  await makeRole(account, commands, roleName);
  await page.getByRole("button", { name: "Test the connection" }).click();
  await page.waitForURL(/\/findings\/[^/?]+$/, { timeout: 60_000 });
});
