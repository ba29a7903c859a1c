"use client";

import { useState } from "react";
import { setShortcuts } from "./preference";

/** Switches keys without Ctrl or ⌘ on and off, in this browser. */
export function ShortcutsChoice({ initial }: { readonly initial: boolean }) {
  const [isOn, setOn] = useState(initial);
  return (
    <label className="flex min-h-8 items-center gap-2 max-md:min-h-11">
      <input
        type="checkbox"
        checked={isOn}
        onChange={({ target }) => {
          setOn(target.checked);
          setShortcuts(target.checked);
        }}
        className="size-4 accent-brand"
      />
      <span>
        Use single-key shortcuts. <span className="text-ink-2">Ctrl K works either way.</span>
      </span>
    </label>
  );
}
