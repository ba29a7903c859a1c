"use client";

import { Tabs as Radix } from "radix-ui";
import { type ReactNode, useState } from "react";
import { LoadedPart } from "./folded";

export interface TabItem {
  readonly id: string;
  readonly label: string;
  /** The panel; without it the part of that name is read once the tab is chosen. */
  readonly content?: ReactNode;
  readonly part?: string;
}

/**
 * Tabs; each panel is rendered on the server and handed in, or read when its tab is first chosen. Panels that were
 * handed in are in the page: without scripts they are below each other.
 */
export function Tabs({
  label,
  items,
  initial,
  command,
}: {
  readonly label: string;
  readonly items: readonly TabItem[];
  /** Id of the tab shown first; without it the first one. */
  readonly initial?: string | undefined;
  /** The commands that choose a tab: this word and the tab's number. */
  readonly command?: string | undefined;
}) {
  const [seen, setSeen] = useState<readonly string[]>([]);
  return (
    <Radix.Root
      defaultValue={initial ?? items[0]?.id ?? ""}
      onValueChange={(id) => setSeen((before) => [...before, id])}
    >
      <Radix.List aria-label={label} className="mb-3 flex gap-[18px] overflow-x-auto border-b border-line">
        {items.map((item, at) => (
          <Radix.Trigger
            key={item.id}
            value={item.id}
            className="tab"
            {...(command === undefined ? {} : { "data-command": `${command}-${at + 1}` })}
          >
            {item.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {items.map((item) => (
        <Radix.Content key={item.id} value={item.id} forceMount className="tab-panel">
          {item.content ?? (item.part && seen.includes(item.id) ? <LoadedPart part={item.part} /> : null)}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
