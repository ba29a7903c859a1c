import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";

/** A secret that an action has just created: it is read out that it is there, and can be copied. */
export function ShownOnce({
  secret,
  copyLabel,
  title,
  children,
}: {
  /** Null until there is one. */
  readonly secret: string | null;
  readonly copyLabel: string;
  readonly title: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <div role="status" className="empty:hidden">
      {secret === null ? null : (
        <div className="rounded-control border-s-2 border-s-proven bg-proven-tint px-4 py-3">
          <p className="font-semibold">{title}</p>
          {children ? <p className="mt-1 text-small text-ink-2">{children}</p> : null}
          <p className="mt-2 flex flex-wrap items-center gap-2">
            <code translate="no" className="min-w-0 font-mono text-code [overflow-wrap:anywhere]">
              {secret}
            </code>
            <CopyButton text={secret} label={copyLabel} />
          </p>
        </div>
      )}
    </div>
  );
}
