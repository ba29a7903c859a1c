import { expect, test } from "@playwright/test";
import { demoIds } from "./api";
import { signIn } from "./people";
import { demo } from "./start-product";

test("two people edit an account: the second sees what the first changed, and nothing is lost", async ({
  page,
  request,
}) => {
  const { org, accountId } = await demoIds(request);
  const { url, email, password, apiToken } = demo();
  const account = `${url}/api/v1/accounts/${accountId}`;
  const headers = { authorization: `Bearer ${apiToken}` };
  const { name: nameBefore } = await (await request.get(account, { headers })).json();
  try {
    await signIn(page, { email, password });
    await page.goto(`${url}/o/${org}/accounts/${accountId}`);
    const name = page.getByLabel("Name", { exact: true });
    await expect(name).toHaveValue(nameBefore);

    await request.patch(account, { headers, data: { name: "Named by a colleague" } });
    await name.fill("Named by me");
    const save = page.getByRole("button", { name: "Save", exact: true });
    await save.click();
    await expect(
      page.getByRole("alert").filter({ hasText: "it is now “Named by a colleague”" }),
    ).toBeVisible();
    await expect(name).toHaveValue("Named by me");
    expect(await (await request.get(account, { headers })).json()).toMatchObject({
      name: "Named by a colleague",
    });

    await save.click();
    await expect(page.getByText("Saved.", { exact: true })).toBeVisible();
    expect(await (await request.get(account, { headers })).json()).toMatchObject({ name: "Named by me" });
  } finally {
    await request.patch(account, { headers, data: { name: nameBefore } });
  }
});
