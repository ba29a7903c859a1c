"use client";

import { useEffect, useRef } from "react";
import { select, selectRange, toggle, useIsSelected, useShare } from "./selection";

/** The box of one row; with Shift it selects everything from the last one to this. */
export function SelectBox({
  id,
  name,
}: {
  readonly id: string;
  /** What people call it. */
  readonly name: string;
}) {
  const isSelected = useIsSelected(id);
  return (
    <input
      type="checkbox"
      aria-label={`Select ${name}`}
      data-row-select=""
      checked={isSelected}
      onChange={({ nativeEvent }) => {
        const isRange = nativeEvent instanceof MouseEvent && nativeEvent.shiftKey;
        if (isRange) selectRange(id);
        else toggle(id);
      }}
    />
  );
}

/** The box for all rows of a page, or of a group on it. */
export function SelectMany({
  ids,
  label,
  command,
}: {
  readonly ids: readonly string[];
  readonly label: string;
  /** Its name for the keyboard. */
  readonly command?: string;
}) {
  const share = useShare(ids);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = share === "some";
  }, [share]);
  return (
    <input
      ref={box}
      type="checkbox"
      aria-label={label}
      {...(command && share !== "all" ? { "data-command": command } : {})}
      checked={share === "all"}
      onChange={() => select(ids, share !== "all")}
    />
  );
}
