import type { ReactNode } from "react";

/** Why it is empty, and the next thing to do. `children` hold the button or command. */
export function EmptyState({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="rounded-card border border-line bg-surface px-6 py-10">
      <h2 className="verdict text-title">{title}</h2>
      <div className="mt-2 max-w-[68ch] text-ink-2">{children}</div>
      {action ? <div className="mt-5 flex flex-wrap gap-2">{action}</div> : null}
    </div>
  );
}
