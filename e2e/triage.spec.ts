import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { demoIds } from "./api";
import { colleague, signIn } from "./people";
import { demo } from "./start-product";

/** A line of the facts beside a finding. */
const fact = (page: Page, term: string) =>
  page.locator("dl.facts > div").filter({ hasText: new RegExp(`^${term}`) });

test("a finding gets an owner and a day, the owner claims it fixed, and the scan takes the claim back", async ({
  page,
  browser,
  request,
}) => {
  const { org, findingKey } = await demoIds(request, { accountName: "acme-prod" });
  const address = `${demo().url}/o/${org}/findings/${findingKey}`;
  await signIn(page, demo());
  const member = await colleague(browser, page, "member", "Olive");
  await member.goto(address);
  await expect(member.getByRole("button", { name: "Claim fixed" })).toHaveCount(0);

  await page.goto(address);
  await page.getByRole("button", { name: /^(Assign|Reassign)$/ }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Owner")).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await dialog.getByLabel("Owner").selectOption({ label: "Olive" });
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(fact(page, "Owner")).toContainText("Olive");

  await fact(page, "Due")
    .getByRole("button", { name: /Change/ })
    .click();
  await dialog.getByLabel("Due on").fill("2031-01-15");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(
    dialog.getByText("Say why the due date changes: it goes into the history.").first(),
  ).toBeVisible();
  await expect(dialog.getByLabel("Due on")).toHaveValue("2031-01-15");
  await dialog.getByLabel("Why it changes").fill("Change freeze");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(fact(page, "Due")).toContainText("15 Jan 2031");

  // The owner is a member: what is theirs they may claim, and nothing else.
  await member.goto(address);
  await member.getByRole("button", { name: "Start work" }).click();
  await expect(fact(member, "Status")).toContainText("In progress");
  await member.getByRole("button", { name: "Claim fixed" }).click();
  await member.getByLabel("What you did (optional)").fill("Converted the trail");
  await member.getByRole("dialog").getByRole("button", { name: "Claim fixed" }).click();
  await expect(member.getByRole("dialog")).toHaveCount(0);
  // Nothing was fixed, which the scan of the claim sees.
  await expect(fact(member, "Status")).toContainText("One claim did not hold", { timeout: 60_000 });
  await expect(fact(member, "Status")).toContainText("In progress");
  const lines = member.locator("ol.activity > li");
  await member.getByText("Show older").click();
  await expect(lines.filter({ hasText: "assigned Olive" })).not.toHaveCount(0);
  expect(
    (await lines.allTextContents()).map((line) => line.replace(/\d+ \w+, \d\d:\d\d.*$/, "")).slice(-5),
  ).toEqual([
    expect.stringMatching(/assigned Olive\./),
    expect.stringMatching(/changed the due date\..*15 Jan 2031.*Change freeze/),
    expect.stringMatching(
      /^OOlive moved it to In progress\. Open → In progress\. Checked: somebody owns it\./,
    ),
    expect.stringMatching(/Olive claimed it fixed\..*Converted the trail/),
    expect.stringContaining("Not fixed: a scan that began after the claim still fails"),
  ]);
  expect((await new AxeBuilder({ page: member }).analyze()).violations).toEqual([]);
  await member.context().close();
});

test("who read a finding before somebody changed it does not overwrite the change", async ({
  page,
  browser,
  request,
}) => {
  const { org, findingKey } = await demoIds(request, { accountName: "acme-staging" });
  const address = `${demo().url}/o/${org}/findings/${findingKey}`;
  await signIn(page, demo());
  const lead = await colleague(browser, page, "lead");
  await page.goto(address);
  await lead.goto(address);
  // Both forms hold what was true before either is sent.
  for (const [who, ticket] of [
    [lead, "https://tickets.example/SEC-7"],
    [page, "https://tickets.example/SEC-8"],
  ] as const) {
    await fact(who, "Ticket").getByRole("button").click();
    await who.getByLabel("Address of the ticket").fill(ticket);
  }
  await lead.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(fact(lead, "Ticket")).toContainText("SEC-7");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("dialog")).toContainText("Someone changed this finding since you read it");
  await expect(page.getByLabel("Address of the ticket")).toHaveValue("https://tickets.example/SEC-8");
  await page.reload();
  await expect(fact(page, "Ticket")).toContainText("SEC-7");
  await lead.context().close();
});
