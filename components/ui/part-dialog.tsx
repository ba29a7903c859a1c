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
}: {
  /** A button element. */
  readonly trigger: ReactNode;
  readonly title: string;
  readonly description?: string;
  readonly part: string;
}) {
  const [isOpen, setOpen] = useState(false);
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

/** Closes the dialog around it once that is so: the page below shows what came of it. */
export function CloseDialog({ when }: { readonly when: boolean }) {
  const close = useContext(Close);
  useEffect(() => {
    if (when) close();
  }, [when, close]);
  return null;
}
