import type { ReactNode } from "react";

/** A part of a page under its heading and a hairline; cards are for what the page is about. */
export function Section({
  id,
  title,
  aside,
  children,
}: {
  readonly id: string;
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="section">
      <header>
        <h2 id={`${id}-title`}>{title}</h2>
        {aside ? <div>{aside}</div> : null}
      </header>
      {children}
    </section>
  );
}
