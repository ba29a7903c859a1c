"use client";

import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";

export interface TabItem {
  readonly id: string;
  readonly label: string;
  readonly content: ReactNode;
}

/**
 * Tabs; each panel is rendered on the server and handed in. All panels are in the page: without scripts they stand
 * below each other.
 */
export function Tabs({
  label,
  items,
  initial,
}: {
  readonly label: string;
  readonly items: readonly TabItem[];
  /** Id of the tab shown first; without it the first one. */
  readonly initial?: string | undefined;
}) {
  return (
    <Radix.Root defaultValue={initial ?? items[0]?.id ?? ""}>
      <Radix.List aria-label={label} className="mb-3 flex gap-[18px] overflow-x-auto border-b border-line">
        {items.map((item) => (
          <Radix.Trigger
            key={item.id}
            value={item.id}
            className="border-b-2 border-transparent pt-1 pb-[6px] font-medium whitespace-nowrap text-ink-2 hover:text-ink focus-visible:-outline-offset-2 data-[state=active]:border-brand data-[state=active]:font-semibold data-[state=active]:text-ink max-md:py-3"
          >
            {item.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {items.map((item) => (
        <Radix.Content
          key={item.id}
          value={item.id}
          forceMount
          className="data-[state=inactive]:hidden noscript:data-[state=inactive]:mt-4 noscript:data-[state=inactive]:block"
        >
          {item.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
