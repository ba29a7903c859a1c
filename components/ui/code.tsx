import type { ReactNode } from "react";
import { cx } from "./cx";

/** An identifier: never translated, breaks anywhere rather than overflow. */
export function Code({ children, className }: { readonly children: ReactNode; readonly className?: string }) {
  return (
    <code translate="no" className={cx("text-code [overflow-wrap:anywhere]", className)}>
      {children}
    </code>
  );
}
