"use client";

import { DropdownMenu as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";
import { useHydrated } from "./hydrated";
import { ClosedTrigger } from "./trigger";

/** Menu that opens from `trigger`, a button element. It stays in place in the page, so that its landmark holds it. */
export function Menu({
  trigger,
  children,
  align = "start",
}: {
  readonly trigger: ReactNode;
  readonly children: ReactNode;
  readonly align?: "start" | "end";
}) {
  if (!useHydrated()) return <ClosedTrigger opens="menu">{trigger}</ClosedTrigger>;
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Content
        align={align}
        sideOffset={4}
        collisionPadding={8}
        className="z-50 max-w-[320px] min-w-[200px] rounded-card border border-line bg-surface p-1 text-ink shadow-overlay"
      >
        {children}
      </Radix.Content>
    </Radix.Root>
  );
}

export function MenuItem({ className, ...rest }: ComponentProps<typeof Radix.Item>) {
  return (
    <Radix.Item
      className={cx(
        "flex min-h-8 cursor-pointer items-center gap-2 rounded-control px-2 py-1 text-body text-ink no-underline outline-none data-[highlighted]:bg-sunken max-md:min-h-11",
        className,
      )}
      {...rest}
    />
  );
}

export function MenuLabel({ children }: { readonly children: ReactNode }) {
  return <Radix.Label className="px-2 py-1 text-meta font-semibold text-ink-3">{children}</Radix.Label>;
}

export function MenuSeparator() {
  return <Radix.Separator className="my-1 h-px bg-line" />;
}
