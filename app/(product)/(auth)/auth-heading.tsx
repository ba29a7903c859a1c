import type { ReactNode } from "react";

/** Title of a sign-in page with its one explaining line. */
export function AuthHeading({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="mb-6">
      <h1 className="verdict text-title">{title}</h1>
      {children ? <div className="mt-2 text-ink-2">{children}</div> : null}
    </div>
  );
}
