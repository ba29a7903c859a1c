"use client";

import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";

export interface TabItem {
  readonly id: string;
  readonly label: string;
  readonly content: ReactNode;
}

/** Tabs; each panel is rendered on the server and handed in. */
export function Tabs({ label, items }: { readonly label: string; readonly items: readonly TabItem[] }) {
  return (
    <Radix.Root defaultValue={items[0]?.id ?? ""}>
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
        <Radix.Content key={item.id} value={item.id}>
          {item.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
