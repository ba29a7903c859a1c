import type { ReactNode } from "react";
import { Logo } from "@/components/logo";

/** What happened, what still works, what to do: in the middle of an otherwise empty page. */
export function Message({
  title,
  children,
  actions,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly actions: ReactNode;
}) {
  return (
    <div className="max-w-[560px] py-6">
      <h1 className="verdict text-verdict max-md:text-[26px] max-md:leading-8">{title}</h1>
      <div className="mt-3 grid gap-2 text-ink-2">{children}</div>
      <div className="mt-6 flex flex-wrap gap-2">{actions}</div>
    </div>
  );
}

/** What frames a message outside the shell. */
export function MessageFrame({ children }: { readonly children: ReactNode }) {
  return (
    <div className="mx-auto min-h-dvh max-w-[620px] px-4 py-10">
      <header className="mb-6">
        <a href="/" aria-label="Posturio, home" className="inline-flex no-underline">
          <Logo />
        </a>
      </header>
      <main>{children}</main>
    </div>
  );
}

/** The same for pages outside the shell. */
export function MessagePage(props: {
  readonly title: string;
  readonly children: ReactNode;
  readonly actions: ReactNode;
}) {
  return (
    <MessageFrame>
      <Message {...props} />
    </MessageFrame>
  );
}
