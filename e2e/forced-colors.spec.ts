import { expect, type Locator, type Page, test } from "@playwright/test";
import { demoIds } from "./api";
import { signIn } from "./people";
import { type Painted, painted, shareOf, shares } from "./pixels";
import { settled } from "./settled";
import { demo } from "./start-product";

// People who cannot see our colors have the browser paint in a few of their own. What only a color or a ground showed is
// then gone: every sign must be drawn in those few, and must still be told from the others.

test.use({ contextOptions: { forcedColors: "active" }, deviceScaleFactor: 4 });

/** The states a Region, a finding or a step may have: every shape of the sprite. */
const shapes = [
  "logged",
  "own-trail",
  "not-logged",
  "partly",
  "proven",
  "delivery-failing",
  "accepted",
  "not-enabled",
  "could-not-read",
  "pending",
  "inferred",
  "read",
  "waiting",
];

const severities = ["LOW", "MEDIUM", "HIGH", "CRITICAL"];

/** A color of the person's, as it is painted. */
function systemColor(page: Page, name: string): Promise<string> {
  return page.evaluate((color) => {
    const probe = document.body.appendChild(document.createElement("span"));
    probe.style.color = color;
    const parts = getComputedStyle(probe).color.match(/\d+/g) ?? [];
    probe.remove();
    return `#${parts.map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`;
  }, name);
}

function styleOf(element: Locator, property: string): Promise<string> {
  return element.evaluate((node, name) => getComputedStyle(node).getPropertyValue(name), property);
}

/** A color of a computed style as `systemColor` writes it. */
function hex(color: string): string {
  return `#${(color.match(/\d+/g) ?? []).map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`;
}

/** Draws another shape of the sprite where this one is. */
async function draw(svg: Locator, shape: string): Promise<Painted> {
  await svg.locator("use").evaluate((use, name) => {
    const href = use.getAttribute("href") ?? "";
    use.setAttribute("href", `${href.slice(0, href.indexOf("#"))}#${name}`);
  }, shape);
  return painted(svg);
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`on ${colorScheme}`, () => {
    test.use({ colorScheme });

    let canvas: string;
    let ink: string;
    let root: string;
    let finding: string;

    test.beforeEach(async ({ page, request }) => {
      const ids = await demoIds(request);
      root = `${demo().url}/o/${ids.org}`;
      finding = `${root}/findings/${ids.findingKey}`;
      await signIn(page, demo());
      canvas = await systemColor(page, "Canvas");
      ink = await systemColor(page, "CanvasText");
      expect(canvas).not.toBe(ink);
    });

    test("every shape of a state is drawn, and is no other one", async ({ page }) => {
      await page.goto(finding);
      await settled(page);
      const glyph = page.locator("#regions svg.glyph").first();
      const seen = new Map<string, string>();
      for (const shape of shapes) {
        const picture = await draw(glyph, shape);
        expect(shareOf(picture, ink), shape).toBeGreaterThan(0.02);
        const drawn = picture.colors.map((color) => (color === canvas ? "." : "x")).join("");
        expect(seen.get(drawn), shape).toBeUndefined();
        seen.set(drawn, shape);
      }
    });

    test("severity is as many full bars as it has, and the others are outlined", async ({ page }) => {
      await page.goto(finding);
      await settled(page);
      const bars = page.locator("main .severity svg").first();
      for (const [index, severity] of severities.entries()) {
        const { width, height, colors } = await draw(bars, severity);
        const row = Math.floor((12 / 14) * height) * width;
        const between = (from: number, to: number) =>
          colors.slice(row + Math.floor((from / 16.5) * width), row + Math.ceil((to / 16.5) * width));
        for (const bar of [0, 1, 2, 3]) {
          const left = bar * 4.5;
          const what = `${severity}, bar ${bar + 1}`;
          expect(new Set(between(left + 1.3, left + 1.7)), what).toEqual(
            new Set([bar <= index ? ink : canvas]),
          );
          expect(between(left - 0.3, left + 0.7), `edge of ${what}`).toContain(ink);
        }
      }
    });

    test("the parts of a coverage bar are told apart", async ({ page }) => {
      await page.goto(`${root}/accounts`);
      await settled(page);
      const bar = page.locator(".coverage-bar").first();
      // No account of the demo has all four.
      await bar.evaluate((element) => {
        element.style.width = "240px";
        element.replaceChildren(
          ...["covered", "partial", "uncovered", "unread"].map((part) => {
            const span = document.createElement("span");
            span.className = part;
            span.style.flexGrow = "1";
            return span;
          }),
        );
      });
      const share = async (part: string) => shareOf(await painted(bar.locator(`.${part}`)), ink);
      const full = await share("covered");
      const hatched = await share("partial");
      const empty = await share("uncovered");
      const broken = await share("unread");
      expect(full).toBeGreaterThan(0.8);
      expect(hatched).toBeLessThan(full - 0.15);
      expect(empty).toBeLessThan(hatched - 0.05);
      expect(broken).toBeLessThan(empty - 0.05);
      expect(broken).toBeGreaterThan(0.05);
    });

    test("where one is and what has the focus has an edge", async ({ page }) => {
      await page.goto(`${root}/findings`);
      await settled(page);
      const main = page.getByRole("navigation", { name: "Main", exact: true });
      const here = main.getByRole("link", { name: /^Findings/ });
      expect(await styleOf(here, "border-inline-start-width")).toBe("2px");
      expect(hex(await styleOf(here, "border-inline-start-color"))).not.toBe(canvas);
      expect(await styleOf(main.getByRole("link", { name: "Accounts" }), "border-inline-start-width")).toBe(
        "0px",
      );
      const tabs = page.getByRole("navigation", { name: "Views" }).getByRole("link");
      const edges = await tabs.evaluateAll((links) =>
        links.map((link) => [
          link.getAttribute("aria-current"),
          getComputedStyle(link).getPropertyValue("border-bottom-color"),
        ]),
      );
      for (const [current, color] of edges) {
        expect(hex(color ?? "") === canvas, `${current} ${color}`).toBe(current === null);
      }
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      const focused = page.locator(":focus-visible");
      expect(await styleOf(focused, "outline-style")).toBe("solid");
      expect(await styleOf(focused, "outline-width")).toBe("2px");
      expect(hex(await styleOf(focused, "outline-color"))).not.toBe(canvas);

      await page.getByText("Demo admin").first().click();
      const item = page.getByRole("menuitem", { name: "Sign out" });
      await item.hover();
      expect(await styleOf(item, "outline-style")).toBe("solid");
      expect(hex(await styleOf(item, "outline-color"))).not.toBe(canvas);
    });

    test("tags, notices and what is said offline can be seen", async ({ page, context }) => {
      await page.goto(finding);
      await settled(page);
      const tag = page.locator("main .tag").first();
      expect(await styleOf(tag, "outline-style")).toBe("solid");
      await context.setOffline(true);
      const said = page.getByText("You are offline. This page stays as it is.");
      await expect(said).toBeVisible();
      expect(hex(await styleOf(said, "color"))).not.toBe(hex(await styleOf(said, "background-color")));
      await context.setOffline(false);
    });

    test("the map of the first page shows land and Regions", async ({ page }) => {
      await page.goto(demo().url);
      const map = page.locator("figure svg").first();
      const picture = await shares(map);
      const land = await systemColor(page, "GrayText");
      expect(picture.get(ink) ?? 0).toBeGreaterThan(0.001);
      expect(picture.get(land) ?? 0).toBeGreaterThan(0.001);
    });
  });
}
