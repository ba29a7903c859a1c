"use client";

import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { Dialog } from "./dialog";
import { LoadedPart } from "./folded";

const Close = createContext<() => void>(() => {});

/** A dialog whose content is a part of the page that is read when it opens: see PartsOf. */
export function PartDialog({
  trigger,
  title,
  description,
  part,
  open,
  onOpenChange,
}: {
  /** A button element; absent where something else opens it. */
  readonly trigger?: ReactNode;
  readonly title: string;
  readonly description?: string;
  readonly part: string;
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
}) {
  const [isOpen, setOpen] = useControlled(open, onOpenChange);
  return (
    <Dialog
      trigger={trigger}
      title={title}
      {...(description === undefined ? {} : { description })}
      open={isOpen}
      onOpenChange={setOpen}
    >
      <Close value={() => setOpen(false)}>
        <LoadedPart part={part} />
      </Close>
    </Dialog>
  );
}

function useControlled(
  open: boolean | undefined,
  onOpenChange: ((open: boolean) => void) | undefined,
): [boolean, (open: boolean) => void] {
  const [own, setOwn] = useState(false);
  return [open ?? own, onOpenChange ?? setOwn];
}

/** Closes the dialog around it once that is so: the page below shows what came of it. */
export function CloseDialog({ when }: { readonly when: boolean }) {
  const close = useContext(Close);
  useEffect(() => {
    if (when) close();
  }, [when, close]);
  return null;
}
