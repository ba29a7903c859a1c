import { type APIResponse, expect, type Page, test } from "@playwright/test";
import { signIn, signUp, stranger, submitSignIn } from "./people";
import { demo } from "./start-product";

const wrong = "not the password";

async function tryWrong(page: Page, email: string, times: number): Promise<void> {
  await page.goto(`${demo().url}/login`);
  for (let n = 0; n < times; n += 1) {
    await submitSignIn(page, { email, password: wrong });
    await expect(page.getByRole("alert").filter({ hasText: /incorrect|failed/ })).toBeFocused();
    await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
  }
}

test("a browser that is not known is told how long to wait; the person's own browser gets in", async ({
  page,
  browser,
}) => {
  const person = stranger("Wanda");
  await signUp(page, person);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("**/login?done=out");

  const elsewhere = await (await browser.newContext()).newPage();
  await tryWrong(elsewhere, person.email, 5);
  await expect(elsewhere.getByRole("alert").filter({ hasText: "try again in 5 seconds." })).toBeVisible();
  await submitSignIn(elsewhere, person);
  await expect(
    elsewhere
      .getByRole("alert")
      .filter({ hasText: /^Too many attempts failed\. Try again in \d seconds?\./ }),
  ).toBeVisible();
  await elsewhere.context().close();

  await submitSignIn(page, person);
  await page.waitForURL("**/welcome");
});

test("signing up answers the same for an address that is taken", async ({ page, browser }) => {
  const person = stranger("Tara");
  await signUp(page, person);
  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto(`${demo().url}/signup`);
  await elsewhere.getByLabel("Your name").fill("Somebody else");
  await elsewhere.getByLabel("E-mail address").fill(person.email);
  await elsewhere.getByLabel("Password", { exact: true }).fill("another plain phrase");
  await elsewhere.getByRole("button", { name: "Sign up" }).click();
  await elsewhere.waitForURL("**/login?done=sign-up");
  const told = elsewhere.getByRole("status").filter({ hasText: "Now sign in with the address and password" });
  await expect(told).toBeVisible();
  await submitSignIn(elsewhere, { email: person.email, password: "another plain phrase" });
  await expect(elsewhere.getByRole("alert").filter({ hasText: "is incorrect" })).toBeVisible();
  await elsewhere.context().close();
});

test("signing out everywhere ends the session of another browser too", async ({ page, browser }) => {
  const person = stranger("Ewa");
  await signUp(page, person);
  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto(`${demo().url}/login`);
  await submitSignIn(elsewhere, person);
  await elsewhere.waitForURL("**/welcome");
  await page.goto(`${demo().url}/account`);
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await page.waitForURL("**/login?done=everywhere");
  await elsewhere.goto(`${demo().url}/account`);
  await elsewhere.waitForURL("**/login**");
  await elsewhere.context().close();
});

test("signing in over the library's own endpoint ends the session that the browser had", async ({ page }) => {
  const { url, email, password } = demo();
  await signIn(page, demo());
  const cookie = async () => (await page.context().cookies()).find(({ name }) => name === "posturio.sid");
  const former = await cookie();
  const { csrfToken } = await (await page.request.get(`${url}/api/auth/csrf`)).json();
  const answer = await page.request.post(`${url}/api/auth/callback/credentials`, {
    form: { csrfToken, email, password, json: "true" },
    headers: { origin: new URL(url).origin },
  });
  expect(answer.status()).toBe(200);
  const names = (await page.context().cookies()).map(({ name }) => name);
  expect(names).toContain("posturio.browser");
  await page.goto(`${url}/account`);
  await expect(page.getByText(email)).toBeVisible();
  if (former === undefined) throw new Error("the person was not signed in");
  await page.context().addCookies([{ ...former }]);
  await page.goto(`${url}/account`);
  await page.waitForURL("**/login**");
});

test("odd requests to the endpoints of signing in are refused, and nothing breaks", async ({ request }) => {
  const { url } = demo();
  const headers = { origin: new URL(url).origin };
  const { csrfToken } = await (await request.get(`${url}/api/auth/csrf`)).json();
  const callback = `${url}/api/auth/callback/credentials`;
  const json = { ...headers, "content-type": "application/json" };
  const asked: readonly [string, number, () => Promise<APIResponse>][] = [
    ["GET of the callback", 405, () => request.get(callback)],
    ["an error with a line break", 400, () => request.get(`${url}/api/auth/error?error=a%0ab`)],
    ["an error above Latin-1", 400, () => request.get(`${url}/api/auth/error?error=%C4%80`)],
    ["a broken address to return to", 400, () => request.get(`${url}/api/auth/csrf?callbackUrl=nowhere`)],
    ["broken JSON", 400, () => request.post(callback, { headers: json, data: Buffer.from("{") })],
    ["no JSON at all", 400, () => request.post(callback, { headers: json })],
    ["a list", 400, () => request.post(callback, { headers: json, data: Buffer.from("[1]") })],
    [
      "an object as address",
      400,
      () => request.post(callback, { headers: json, data: { csrfToken, email: { a: 1 }, password: "x" } }),
    ],
    ["an unknown endpoint", 404, () => request.get(`${url}/api/auth/_log`)],
    [
      "a NUL in the address",
      401,
      () =>
        request.post(callback, {
          headers,
          form: { csrfToken, email: "a\0@example.com", password: "x", json: "true" },
        }),
    ],
  ];
  for (const [what, status, ask] of asked) {
    expect.soft((await ask()).status(), what).toBe(status);
  }
  const error = await request.get(`${url}/api/auth/error?error=CredentialsSignin`);
  expect(error.url()).toContain("/login");
  expect(error.status()).toBe(200);
});
