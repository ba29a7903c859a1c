import type { ReactNode } from "react";

/** Facts by name, hairlines between, as in the right column of a finding. */
export function DefinitionList({ children }: { readonly children: ReactNode }) {
  return (
    <dl className="border-b border-line md:max-xl:grid md:max-xl:grid-cols-2 md:max-xl:gap-x-8">
      {children}
    </dl>
  );
}

export function Definition({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div className="grid grid-cols-[92px_minmax(0,1fr)] gap-x-2 border-t border-line py-[10px]">
      <dt className="text-small text-ink-3">{term}</dt>
      <dd className="m-0 font-medium [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}
