import type { Page } from "@playwright/test";

export interface Shift {
  readonly value: number;
  /** The beginning of what moved. */
  readonly what: string;
}

/** Counts from the first paint on, and what moves under someone's hand is not left out: nobody touches the page. */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const moved: { value: number; what: string }[] = [];
    Object.assign(window, { moved });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, sources } = entry as PerformanceEntry & {
          value: number;
          sources: readonly { node: Node | null }[];
        };
        const named = sources.map(({ node }) =>
          node instanceof Element ? node.outerHTML.slice(0, 120) : "text",
        );
        moved.push({ value, what: named.join(" ") });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

export function shifts(page: Page): Promise<readonly Shift[]> {
  return page.evaluate(() => (window as unknown as { moved: readonly Shift[] }).moved);
}
