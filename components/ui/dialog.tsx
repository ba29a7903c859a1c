"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "./cx";
import { useHydrated } from "./hydrated";
import { ClosedTrigger } from "./trigger";

/** Modal dialog. `trigger` is a button element; focus returns to it. */
export function Dialog({
  trigger = null,
  title,
  description,
  children,
  size = "narrow",
  ...state
}: {
  /** Absent where keys open it. */
  readonly trigger?: ReactNode;
  readonly size?: "narrow" | "wide";
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
  /** Where something else than its buttons closes it. */
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
}) {
  if (!useHydrated() && trigger !== null) return <ClosedTrigger opens="dialog">{trigger}</ClosedTrigger>;
  return (
    <Radix.Root {...state}>
      {trigger === null ? null : <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-overlay" />
        <Radix.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cx(
            size === "wide" ? "max-w-[760px]" : "max-w-[480px]",
            "fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-32px)] w-[calc(100vw-32px)] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-card border border-line bg-surface p-5 text-ink shadow-overlay",
          )}
        >
          <div className="flex items-start justify-between gap-4">
            <Radix.Title className="text-lead font-semibold">{title}</Radix.Title>
            <Radix.Close
              aria-label="Close"
              className="-m-1 grid size-7 place-items-center rounded-control text-ink-2 hover:bg-sunken max-md:size-11"
            >
              <X size={16} strokeWidth={1.6} aria-hidden="true" />
            </Radix.Close>
          </div>
          {description ? (
            <Radix.Description className="mt-1 text-ink-2">{description}</Radix.Description>
          ) : null}
          <div className="mt-4">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Closes the dialog around it. */
export const DialogClose = Radix.Close;
