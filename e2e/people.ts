import { type Browser, expect, type Page } from "@playwright/test";
import { demo } from "./start-product";

export interface Person {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

let count = 0;

/** Nobody the product has met before. */
export function stranger(name: string): Person {
  count += 1;
  const unique = `${Date.now().toString(36)}${count}`;
  return {
    name,
    email: `${name.toLowerCase().replaceAll(" ", ".")}-${unique}@example.com`,
    password: `correct horse ${unique}`,
  };
}

export async function signUp(page: Page, person: Person, url = demo().url): Promise<void> {
  await page.goto(`${url}/signup`);
  await page.getByLabel("Your name").fill(person.name);
  await page.getByLabel("E-mail address").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign up" }).click();
  await page.waitForURL("**/login?done=sign-up");
  await submitSignIn(page, person);
  await page.waitForURL("**/welcome");
}

/** Answers the organization's address name. */
export async function makeOrganization(page: Page, name: string): Promise<string> {
  await page.getByLabel("Name of the organization").fill(name);
  await page.getByRole("button", { name: "Create organization" }).click();
  await page.waitForURL("**/o/**");
  const slug = /\/o\/([^/]+)/.exec(page.url())?.[1];
  expect(slug).toBeDefined();
  return slug ?? "";
}

export async function signIn(page: Page, person: { email: string; password: string }): Promise<void> {
  await page.goto(`${demo().url}/login`);
  await submitSignIn(page, person);
  await page.waitForURL("**/o/**");
}

/** Fills in and sends the form of the sign-in page. */
export async function submitSignIn(page: Page, person: { email: string; password: string }): Promise<void> {
  await page.getByLabel("E-mail address").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** A person of this role in the demo's organization, invited by the admin and signed in. */
export async function colleague(browser: Browser, admin: Page, role: string, name = role): Promise<Page> {
  const person: Person = stranger(name);
  await admin.goto(`${demo().url}/o/${demo().organization}/settings/members`);
  await admin.getByLabel("E-mail address").fill(person.email);
  await admin.locator("form").getByLabel("Role", { exact: true }).last().selectOption(role);
  await admin.getByRole("button", { name: "Create invite link" }).click();
  const link = await admin.getByText(/\/invite\//).textContent();
  const page = await (await browser.newContext()).newPage();
  await page.goto(link?.trim() ?? "");
  await page.getByLabel("Your name").fill(person.name);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign up and join" }).click();
  await page.waitForURL("**/o/**");
  return page;
}
