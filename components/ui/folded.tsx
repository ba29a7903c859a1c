"use client";

import { createContext, type ReactNode, startTransition, useContext, useEffect, useState } from "react";
import { cx } from "./cx";
import { Skeleton } from "./skeleton";

/** A server action that renders a folded part of a page. */
export type ReadPart = (
  organization: string,
  previous: null,
  asked: { readonly of: string; readonly part: string },
) => Promise<
  { readonly ok: true; readonly value: ReactNode } | { readonly ok: false; readonly message: string }
>;

interface Source {
  readonly read: ReadPart;
  readonly organization: string;
  /** What the page is about, as its address names it. */
  readonly of: string;
}

const Parts = createContext<Source | null>(null);

/** Where the folded parts below come from. */
export function PartsOf({ read, organization, of, children }: Source & { readonly children: ReactNode }) {
  return <Parts value={{ read, organization, of }}>{children}</Parts>;
}

type Loaded = { readonly content: ReactNode } | { readonly failure: string } | null;

/** A part of the page, read once someone wants to see it. */
export function LoadedPart({ part }: { readonly part: string }) {
  const source = useContext(Parts);
  const [loaded, setLoaded] = useState<Loaded>(null);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when someone asks to, not when the page renders
  useEffect(() => {
    let isGone = false;
    startTransition(async () => {
      const next = await read(source, part);
      if (!isGone) startTransition(() => setLoaded(next));
    });
    return () => {
      isGone = true;
    };
  }, [part, tries]);
  if (loaded === null) {
    return (
      <div role="status" aria-label="Loading" className="grid gap-2 px-4 py-3">
        <Skeleton height={12} width={260} />
        <Skeleton height={12} width={180} />
      </div>
    );
  }
  if ("content" in loaded) return loaded.content;
  return (
    <p role="alert" className="px-4 py-3 text-ink-2">
      {loaded.failure}{" "}
      <button type="button" className="link" onClick={() => setTries(tries + 1)}>
        Try again
      </button>
    </p>
  );
}

async function read(source: Source | null, part: string): Promise<Loaded> {
  const failure = "This part could not be loaded.";
  if (source === null) return { failure };
  try {
    const answer = await source.read(source.organization, null, { of: source.of, part });
    return answer.ok ? { content: answer.value } : { failure: answer.message };
  } catch {
    return { failure };
  }
}

/**
 * Something folded. Without `children` its content is no part of the page: it is read when it is first opened, and
 * stays.
 */
export function Folded({
  part,
  summary,
  className,
  isOpen = false,
  children,
}: {
  readonly part: string;
  readonly summary: ReactNode;
  readonly className?: string;
  /** With `children` only: unfolded from the start. */
  readonly isOpen?: boolean;
  /** The content itself, where it is sent with the page. */
  readonly children?: ReactNode;
}) {
  const [wasOpened, setWasOpened] = useState(false);
  if (children) {
    return (
      <details open={isOpen} className={cx("fold", className)}>
        <summary>{summary}</summary>
        {children}
      </details>
    );
  }
  return (
    <details
      className={cx("fold", className)}
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) setWasOpened(true);
      }}
    >
      <summary>{summary}</summary>
      {wasOpened ? <LoadedPart part={part} /> : null}
    </details>
  );
}
