"use client";

import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { commandGroups, commands } from "./commands";
import { Keys } from "./keys";
import { areShortcutsOn } from "./preference";
import { ShortcutsChoice } from "./shortcuts-choice";

/** Every shortcut there is, from the same list as the keys themselves. */
export default function ShortcutSheet({ close }: { readonly close: () => void }) {
  const [isMac] = useState(() => navigator.platform.startsWith("Mac"));
  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen ? null : close())} title="Shortcuts" size="wide">
      <ShortcutsChoice initial={areShortcutsOn()} />
      <div className="mt-4 gap-x-8 md:columns-2">
        {commandGroups.map((group) => (
          <section key={group} className="mb-4 break-inside-avoid">
            <h3 className="mb-1 text-small font-semibold text-ink-2">{group}</h3>
            <dl>
              {commands
                .filter((command) => command.group === group)
                .map(({ id, label, keys }) => (
                  <div
                    key={id}
                    className="flex min-h-7 items-center justify-between gap-4 border-b border-line py-[2px]"
                  >
                    <dt>{label}</dt>
                    <dd className="shrink-0">
                      {keys.map((one) => (
                        <span key={one}>
                          <span className="sr-only">
                            {one.replace("$mod+", isMac ? "Command " : "Control ")}
                          </span>
                          <Keys of={one} isMac={isMac} />
                        </span>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
